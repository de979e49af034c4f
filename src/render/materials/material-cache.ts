import { DoubleSide, FrontSide, MeshStandardMaterial, type Texture } from 'three';
import { type MaterialValue, materialKey } from './material-value.ts';
import type { TextureCache, TextureUse } from './texture-cache.ts';

/** How a batch's geometry bears on its material. */
export interface Surface {
  readonly vertexColors: boolean;
  /** Drawn as something that is not there yet. */
  readonly placeholder: boolean;
}

export interface SharedMaterial {
  readonly key: string;
  readonly material: MeshStandardMaterial;
  readonly value: MaterialValue;
  /** Settles when its maps have come, or are known not to come. */
  ready: Promise<void>;
  users: number;
}

type TextureSlot = 'map' | 'normalMap' | 'roughnessMap' | 'metalnessMap' | 'emissiveMap' | 'aoMap';

interface MapUse {
  readonly field:
    | 'baseColorMap'
    | 'normalMap'
    | 'metallicRoughnessMap'
    | 'emissiveMap'
    | 'occlusionMap';
  readonly slots: readonly TextureSlot[];
  readonly isColor: boolean;
}

const MAP_USES: readonly MapUse[] = [
  { field: 'baseColorMap', slots: ['map'], isColor: true },
  { field: 'normalMap', slots: ['normalMap'], isColor: false },
  { field: 'metallicRoughnessMap', slots: ['roughnessMap', 'metalnessMap'], isColor: false },
  { field: 'emissiveMap', slots: ['emissiveMap'], isColor: true },
  { field: 'occlusionMap', slots: ['aoMap'], isColor: false },
];

const NOTHING_TO_COME = Promise.resolve();
const PLACEHOLDER_OPACITY = 0.35;

/** Materials by value. `acquire` counts a user, `release` ends it, and the last one's end disposes. */
export class MaterialCache {
  /** Called when a texture has come, so that a frame is drawn. */
  onReady: () => void = () => undefined;

  readonly #textures: TextureCache;
  readonly #entries = new Map<string, SharedMaterial>();

  constructor(textures: TextureCache) {
    this.#textures = textures;
  }

  get size(): number {
    return this.#entries.size;
  }

  static keyOf(value: MaterialValue, surface: Surface): string {
    if (surface.placeholder) return 'placeholder';
    return `${materialKey(value)}|${surface.vertexColors ? 'colors' : ''}`;
  }

  acquire(value: MaterialValue, surface: Surface): SharedMaterial {
    const key = MaterialCache.keyOf(value, surface);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = {
        key,
        material: createMaterial(value, surface),
        value,
        ready: NOTHING_TO_COME,
        users: 0,
      };
      this.#entries.set(key, entry);
      if (!surface.placeholder) entry.ready = this.#applyMaps(entry);
    }
    entry.users += 1;
    return entry;
  }

  release(shared: SharedMaterial): void {
    shared.users -= 1;
    if (shared.users > 0) return;
    this.#entries.delete(shared.key);
    if (shared.key !== 'placeholder') this.#releaseMaps(shared.value);
    shared.material.dispose();
  }

  dispose(): void {
    for (const entry of this.#entries.values()) entry.material.dispose();
    this.#entries.clear();
  }

  async #applyMaps(entry: SharedMaterial): Promise<void> {
    const coming = MAP_USES.map(async (use) => {
      const wanted = textureUse(use, entry.value);
      const texture = wanted && (await this.#textures.acquire(wanted));
      if (texture === undefined || this.#entries.get(entry.key) !== entry) return;
      this.#assign(entry.material, use.slots, texture);
    });
    await Promise.all(coming);
  }

  #assign(material: MeshStandardMaterial, slots: readonly TextureSlot[], texture: Texture): void {
    for (const slot of slots) material[slot] = texture;
    material.needsUpdate = true;
    this.onReady();
  }

  #releaseMaps(value: MaterialValue): void {
    for (const use of MAP_USES) {
      const wanted = textureUse(use, value);
      if (wanted !== undefined) this.#textures.release(wanted);
    }
  }
}

function textureUse({ field, isColor }: MapUse, value: MaterialValue): TextureUse | undefined {
  const digest = value[field];
  return digest === '' ? undefined : { digest, isColor, mapping: value };
}

/** The colour stays white: instances bring their own. */
function createMaterial(value: MaterialValue, surface: Surface): MeshStandardMaterial {
  if (surface.placeholder) return placeholderMaterial();
  const material = new MeshStandardMaterial({
    metalness: value.metalness,
    roughness: value.roughness,
    emissiveIntensity: value.emissiveIntensity,
    side: value.doubleSided ? DoubleSide : FrontSide,
    vertexColors: surface.vertexColors,
    // Whichever side faces the light: a plane casts a shadow too, and no light leaks where things touch.
    shadowSide: DoubleSide,
  });
  const [r = 0, g = 0, b = 0] = value.emissive;
  material.emissive.setRGB(r, g, b);
  if (value.alphaMode === 'mask') material.alphaTest = value.alphaCutoff;
  if (value.alphaMode !== 'opaque') material.opacity = value.color[3] ?? 1;
  material.transparent = value.alphaMode === 'blend';
  material.depthWrite = value.alphaMode !== 'blend';
  // Green is up in a map, and v runs downwards: three derives its tangents from v.
  material.normalScale.set(value.normalScale, -value.normalScale);
  material.aoMapIntensity = value.occlusionStrength;
  return material;
}

function placeholderMaterial(): MeshStandardMaterial {
  return new MeshStandardMaterial({
    transparent: true,
    opacity: PLACEHOLDER_OPACITY,
    depthWrite: false,
    flatShading: true,
  });
}
