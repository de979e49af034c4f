import {
  Color,
  DirectionalLight,
  DoubleSide,
  Matrix4,
  MeshStandardMaterial,
  Object3D,
  PerspectiveCamera,
  PointLight,
  Quaternion,
  RepeatWrapping,
  SpotLight,
  SRGBColorSpace,
  Texture,
  Mesh as ThreeMesh,
  Vector3,
} from 'three';
import { GLTFExporter } from 'three/examples/jsm/exporters/GLTFExporter.js';
import type { Plain } from '../../ecs/component.ts';
import {
  Camera,
  Hierarchy,
  Light,
  Material,
  Mesh,
  Name,
  Primitive,
  RECORDS,
  ShapeDetail,
  Transform,
} from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { AssetSource } from '../../render/assets.ts';
import { assetGeometry } from '../../render/geometry/asset-geometry.ts';
import { primitiveGeometry } from '../../render/geometry/primitive-geometry.ts';
import { DEFAULT_MATERIAL } from '../../render/materials/material-value.ts';
import type { Bytes } from '../../shared/bytes.ts';

/** The living scene as a binary glTF: names, hierarchy, meshes, materials, textures, lights, cameras. */
export async function exportGlb(document: Document, assets: AssetSource): Promise<Bytes> {
  const builder = new SceneBuilder(document, assets);
  const scene = await builder.build();
  const result = await new GLTFExporter().parseAsync(scene, { binary: true });
  return new Uint8Array(result as ArrayBuffer);
}

type MaterialValue = Plain<typeof Material>;

class SceneBuilder {
  readonly #document: Document;
  readonly #assets: AssetSource;
  readonly #textures = new Map<string, Promise<Texture>>();

  constructor(document: Document, assets: AssetSource) {
    this.#document = document;
    this.#assets = assets;
  }

  async build(): Promise<Object3D> {
    const scene = new Object3D();
    scene.name = 'Theta scene';
    const objects = new Map<Entity, Object3D>();
    const living: Entity[] = [];
    this.#document.world.query({ all: [Hierarchy], none: RECORDS }).forEach((entity) => {
      if (this.#document.isAlive(entity)) living.push(entity);
    });
    for (const entity of living) objects.set(entity, await this.#object(entity));
    for (const entity of living) {
      const parent = this.#document.effectiveParent(entity);
      const above = parent === NO_ENTITY ? scene : (objects.get(parent) ?? scene);
      above.add(objects.get(entity) as Object3D);
    }
    return scene;
  }

  async #object(entity: Entity): Promise<Object3D> {
    const object = (await this.#mesh(entity)) ?? this.#lightOrCamera(entity) ?? new Object3D();
    object.name = this.#document.world.get(entity, Name)?.value ?? '';
    this.#place(entity, object);
    return object;
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
      ? primitiveGeometry(primitive, world.get(entity, ShapeDetail))
      : assetGeometry(await this.#assets.geometry(mesh?.asset ?? '', mesh?.index ?? 0));
    return new ThreeMesh(geometry, await this.#material(world.get(entity, Material)));
  }

  async #material(value: MaterialValue = DEFAULT_MATERIAL): Promise<MeshStandardMaterial> {
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
    material.map = await this.#texture(value.baseColorMap, true);
    material.normalMap = await this.#texture(value.normalMap, false);
    material.emissiveMap = await this.#texture(value.emissiveMap, true);
    material.aoMap = await this.#texture(value.occlusionMap, false);
    material.metalnessMap = await this.#texture(value.metallicRoughnessMap, false);
    material.roughnessMap = material.metalnessMap;
    return material;
  }

  async #texture(digest: string, isColor: boolean): Promise<Texture | null> {
    if (digest === '') return null;
    const key = `${digest} ${isColor}`;
    let texture = this.#textures.get(key);
    if (texture === undefined) {
      texture = this.#load(digest, isColor);
      this.#textures.set(key, texture);
    }
    return texture;
  }

  async #load(digest: string, isColor: boolean): Promise<Texture> {
    const image = await this.#assets.texture(digest);
    const texture = image instanceof Texture ? image : new Texture(image);
    texture.flipY = false;
    texture.wrapS = RepeatWrapping;
    texture.wrapT = RepeatWrapping;
    if (isColor) texture.colorSpace = SRGBColorSpace;
    texture.needsUpdate = true;
    return texture;
  }

  #lightOrCamera(entity: Entity): Object3D | undefined {
    const { world } = this.#document;
    const camera = world.get(entity, Camera);
    if (camera) return new PerspectiveCamera(camera.fov, 1, camera.near, camera.far);
    const light = world.get(entity, Light);
    if (light === undefined) return undefined;
    const color = new Color().fromArray([...light.color].slice(0, 3) as [number, number, number]);
    const { kind, intensity, range, angle, penumbra } = light;
    if (kind === 'point') return new PointLight(color, intensity, range);
    if (kind === 'spot') return new SpotLight(color, intensity, range, angle, penumbra);
    if (kind === 'directional') return new DirectionalLight(color, intensity);
    // glTF has no ambient light.
    return undefined;
  }
}
