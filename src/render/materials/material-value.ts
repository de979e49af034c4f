import type { Plain } from '../../ecs/component.ts';
import { Material, TextureMapping } from '../../ecs/components/index.ts';

export type MappingValue = Plain<typeof TextureMapping>;
/** A surface: what a material says, and how its maps lie. */
export type MaterialValue = Plain<typeof Material> & MappingValue;

const MAP_FIELDS = [
  'baseColorMap',
  'normalMap',
  'metallicRoughnessMap',
  'emissiveMap',
  'occlusionMap',
] as const satisfies readonly (keyof MaterialValue)[];

/** How maps lie that nobody laid otherwise. */
export const DEFAULT_MAPPING: MappingValue = Object.fromEntries(
  TextureMapping.fields.map((field) => [field.name, field.default]),
) as MappingValue;

/** What an entity without a material looks like. */
export const DEFAULT_MATERIAL: MaterialValue = {
  ...(Object.fromEntries(Material.fields.map((field) => [field.name, field.default])) as Plain<
    typeof Material
  >),
  ...DEFAULT_MAPPING,
};

/**
 * Equal keys mean that entities can be drawn together. The colour is no part of it: each instance
 * carries its own. The alpha is one where it shows.
 */
export function materialKey(value: MaterialValue): string {
  let key = keys.get(value);
  if (key === undefined) {
    key = writeKey(value);
    keys.set(value, key);
  }
  return key;
}

/** Many wear one value. */
const keys = new WeakMap<MaterialValue, string>();

function writeKey(value: MaterialValue): string {
  const alpha = value.alphaMode === 'opaque' ? '' : `${value.color[3]}:${value.alphaCutoff}`;
  const glow = emissionKey(value);
  const side = value.doubleSided ? 2 : 1;
  return `${value.metalness}|${value.roughness}|${glow}|${value.alphaMode}${alpha}|${side}|${mapsKey(value)}`;
}

/** How maps are laid; the empty string for once across, as they are. */
export function mappingKey({ tiling, offset, rotation }: MappingValue): string {
  const key = `${tiling.join()};${offset.join()};${rotation}`;
  return key === PLAIN_MAPPING ? '' : key;
}

const PLAIN_MAPPING = '1,1;0,0;0';

function mapsKey(value: MaterialValue): string {
  if (MAP_FIELDS.every((field) => value[field] === '')) return '';
  const maps = MAP_FIELDS.map((field) => value[field]).join();
  return `${maps}~${mappingKey(value)}~${value.normalScale}~${value.occlusionStrength}`;
}

function emissionKey({ emissive, emissiveIntensity }: MaterialValue): string {
  const [r = 0, g = 0, b = 0] = emissive;
  return r + g + b === 0 ? '' : `${r}:${g}:${b}:${emissiveIntensity}`;
}
