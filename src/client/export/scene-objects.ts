import {
  type BufferGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  Matrix4,
  MeshStandardMaterial,
  Object3D,
  OrthographicCamera,
  PerspectiveCamera,
  PointLight,
  Quaternion,
  RepeatWrapping,
  Scene,
  SpotLight,
  SRGBColorSpace,
  Texture,
  Mesh as ThreeMesh,
  Vector3,
} from 'three';
import type { Plain } from '../../ecs/component.ts';
import {
  Camera,
  Hierarchy,
  Light,
  Material,
  MaterialLink,
  Mesh,
  Name,
  Primitive,
  RECORDS,
  ShapeDetail,
  SharedMaterial,
  TextureMapping,
  Transform,
} from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { AssetSource } from '../../render/assets.ts';
import { assetGeometry } from '../../render/geometry/asset-geometry.ts';
import { primitiveGeometry } from '../../render/geometry/primitive-geometry.ts';
import { DEFAULT_MATERIAL, type MappingValue } from '../../render/materials/material-value.ts';
import { ThetaError } from '../../shared/errors.ts';

/** What of a document is written into a file. */
export interface ExportedScene {
  readonly document: Document;
  readonly assets: AssetSource;
  /** With all below them; the whole scene where there are none. */
  readonly roots?: readonly Entity[];
  readonly signal?: AbortSignal;
  /** 0…1 of the objects. */
  readonly onProgress?: (fraction: number) => void;
}

/** What three's exporters write: objects that share geometry and materials where the document does. */
export function sceneObjects(exported: ExportedScene): Promise<Object3D> {
  return new SceneBuilder(exported).build();
}

/** The living objects that an export is about, in the order of the document. */
export function exportedEntities({ document, roots = [] }: ExportedScene): Entity[] {
  const chosen = new Set(roots);
  const isChosen = (entity: Entity): boolean => {
    for (let at = entity; at !== NO_ENTITY; at = document.effectiveParent(at)) {
      if (chosen.has(at)) return true;
    }
    return chosen.size === 0;
  };
  const living: Entity[] = [];
  document.world.query({ all: [Hierarchy], none: RECORDS }).forEach((entity) => {
    if (document.isAlive(entity) && isChosen(entity)) living.push(entity);
  });
  return living;
}

/** Whose material shows on an object: a shared one's, where it wears one that lives. */
export function materialHolder(document: Document, entity: Entity): Entity {
  const { world } = document;
  const shared = world.get(entity, MaterialLink)?.material as Entity | undefined;
  if (shared === undefined || shared === NO_ENTITY) return entity;
  return document.isAlive(shared) && world.has(shared, SharedMaterial) ? shared : entity;
}

type MaterialValue = Plain<typeof Material>;

function cameraObject({ kind, fov, near, far, size }: Plain<typeof Camera>): Object3D {
  if (kind !== 'orthographic') return new PerspectiveCamera(fov, 1, near, far);
  const half = size / 2;
  return new OrthographicCamera(-half, half, half, -half, near, far);
}

function lightObject(light: Plain<typeof Light>): Object3D | undefined {
  const color = new Color().fromArray([...light.color].slice(0, 3) as [number, number, number]);
  const { kind, intensity, range, angle, penumbra } = light;
  if (kind === 'point') return new PointLight(color, intensity, range);
  if (kind === 'spot') return new SpotLight(color, intensity, range, angle, penumbra);
  if (kind === 'directional') return new DirectionalLight(color, intensity);
  // glTF has no ambient light.
  return undefined;
}

/** What a key stands for, made once. */
function remembered<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

class SceneBuilder {
  readonly #document: Document;
  readonly #assets: AssetSource;
  readonly #exported: ExportedScene;
  readonly #textures = new Map<string, Promise<Texture>>();
  readonly #geometries = new Map<string, Promise<BufferGeometry>>();
  readonly #materials = new Map<Entity, Promise<MeshStandardMaterial>>();

  constructor(exported: ExportedScene) {
    this.#exported = exported;
    this.#document = exported.document;
    this.#assets = exported.assets;
  }

  async build(): Promise<Object3D> {
    const scene = new Scene();
    scene.name = 'Theta scene';
    const objects = new Map<Entity, Object3D>();
    const { signal, onProgress } = this.#exported;
    const living = exportedEntities(this.#exported);
    for (const [at, entity] of living.entries()) {
      if (signal?.aborted) throw new ThetaError('cancelled', 'The export was cancelled.');
      objects.set(entity, await this.#object(entity));
      onProgress?.((at + 1) / living.length);
    }
    for (const entity of living) {
      const parent = this.#document.effectiveParent(entity);
      const above = parent === NO_ENTITY ? scene : (objects.get(parent) ?? scene);
      above.add(objects.get(entity) as Object3D);
    }
    return scene;
  }

  async #object(entity: Entity): Promise<Object3D> {
    const [object = new Object3D(), ...others] = await this.#aspects(entity);
    // An object of three's is one of these alone: what else this one is lies within it.
    for (const other of others) object.add(other);
    object.name = this.#document.world.get(entity, Name)?.value ?? '';
    this.#place(entity, object);
    return object;
  }

  /** What an entity is, of a mesh, a camera and a light. */
  async #aspects(entity: Entity): Promise<Object3D[]> {
    const { world } = this.#document;
    const camera = world.get(entity, Camera);
    const light = world.get(entity, Light);
    const aspects = [
      await this.#mesh(entity),
      camera && cameraObject(camera),
      light && lightObject(light),
    ];
    return aspects.flatMap((aspect) => {
      if (aspect === undefined) return [];
      // They are made somewhere above the origin.
      aspect.position.set(0, 0, 0);
      return [aspect];
    });
  }

  /** O7: a deleted parent's transform still counts, so it goes into its child's. */
  #place(entity: Entity, object: Object3D): void {
    const matrix = this.#matrix(entity);
    const living = this.#document.effectiveParent(entity);
    let parent = this.#document.parentOf(entity);
    while (parent !== NO_ENTITY && parent !== living) {
      matrix.premultiply(this.#matrix(parent));
      parent = this.#document.parentOf(parent);
    }
    matrix.decompose(object.position, object.quaternion, object.scale);
  }

  #matrix(entity: Entity): Matrix4 {
    const transform = this.#document.world.get(entity, Transform);
    if (transform === undefined) return new Matrix4();
    const { position, rotation, scale } = transform;
    return new Matrix4().compose(
      new Vector3().fromArray(position),
      new Quaternion().fromArray(rotation),
      new Vector3().fromArray(scale),
    );
  }

  async #mesh(entity: Entity): Promise<Object3D | undefined> {
    const { world } = this.#document;
    const primitive = world.get(entity, Primitive);
    const mesh = world.get(entity, Mesh);
    if (primitive === undefined && mesh === undefined) return undefined;
    const geometry = primitive
      ? this.#primitive(primitive, world.get(entity, ShapeDetail))
      : this.#asset(mesh?.asset ?? '', mesh?.index ?? 0);
    return new ThreeMesh(await geometry, await this.#materialOf(entity));
  }

  #primitive(primitive: Plain<typeof Primitive>, detail?: Plain<typeof ShapeDetail>) {
    const key = JSON.stringify([primitive, detail]);
    return remembered(this.#geometries, key, async () => primitiveGeometry(primitive, detail));
  }

  #asset(digest: string, index: number): Promise<BufferGeometry> {
    return remembered(this.#geometries, `${digest} ${index}`, async () =>
      assetGeometry(await this.#assets.geometry(digest, index)),
    );
  }

  /** One for all who wear a shared material. */
  #materialOf(entity: Entity): Promise<MeshStandardMaterial> {
    const holder = materialHolder(this.#document, entity);
    const { world } = this.#document;
    return remembered(this.#materials, holder, async () => {
      const mapping = world.get(holder, TextureMapping);
      const material = await this.#material(world.get(holder, Material), mapping);
      material.name = holder === entity ? '' : (world.get(holder, Name)?.value ?? '');
      return material;
    });
  }

  async #material(
    value: MaterialValue = DEFAULT_MATERIAL,
    mapping?: MappingValue,
  ): Promise<MeshStandardMaterial> {
    const [red = 0, green = 0, blue = 0, alpha = 1] = value.color;
    const material = new MeshStandardMaterial({
      color: new Color(red, green, blue),
      opacity: alpha,
      transparent: value.alphaMode === 'blend',
      alphaTest: value.alphaMode === 'mask' ? value.alphaCutoff : 0,
      metalness: value.metalness,
      roughness: value.roughness,
      emissive: new Color().fromArray([...value.emissive].slice(0, 3) as [number, number, number]),
      emissiveIntensity: value.emissiveIntensity,
      ...(value.doubleSided && { side: DoubleSide }),
    });
    material.map = await this.#texture(value.baseColorMap, true, mapping);
    material.normalMap = await this.#texture(value.normalMap, false, mapping);
    material.emissiveMap = await this.#texture(value.emissiveMap, true, mapping);
    material.aoMap = await this.#texture(value.occlusionMap, false, mapping);
    material.metalnessMap = await this.#texture(value.metallicRoughnessMap, false, mapping);
    material.roughnessMap = material.metalnessMap;
    // Green is up in our maps, as in glTF: three's exporter turns one that is not marked so upside down.
    const normalScale = mapping?.normalScale ?? 1;
    material.normalScale.set(normalScale, -normalScale);
    material.aoMapIntensity = mapping?.occlusionStrength ?? 1;
    return material;
  }

  async #texture(
    digest: string,
    isColor: boolean,
    mapping?: MappingValue,
  ): Promise<Texture | null> {
    if (digest === '') return null;
    const { tiling = [1, 1], offset = [0, 0], rotation = 0 } = mapping ?? {};
    const key = JSON.stringify([digest, isColor, tiling, offset, rotation]);
    return remembered(this.#textures, key, async () => {
      const texture = await this.#load(digest, isColor);
      texture.repeat.fromArray([...tiling]);
      texture.offset.fromArray([...offset]);
      texture.rotation = rotation;
      return texture;
    });
  }

  async #load(digest: string, isColor: boolean): Promise<Texture> {
    const image = await this.#assets.texture(digest);
    const texture = image instanceof Texture ? image : new Texture(image);
    texture.name = digest;
    texture.flipY = false;
    texture.wrapS = RepeatWrapping;
    texture.wrapT = RepeatWrapping;
    if (isColor) texture.colorSpace = SRGBColorSpace;
    texture.needsUpdate = true;
    return texture;
  }
}
