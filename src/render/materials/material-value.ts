import type { Plain } from '../../ecs/component.ts';
import { Material } from '../../ecs/components/index.ts';

export type MaterialValue = Plain<typeof Material>;

/** What an entity without a material looks like. */
export const DEFAULT_MATERIAL: MaterialValue = Object.fromEntries(
  Material.fields.map((field) => [field.name, field.default]),
) as MaterialValue;

/**
 * Equal keys mean that entities can be drawn together. The colour is no part of it: each instance
 * carries its own. The alpha is one where it shows.
 */
export function materialKey(value: MaterialValue): string {
  const alpha = value.alphaMode === 'opaque' ? '' : `${value.color[3]}:${value.alphaCutoff}`;
  const glow = emissionKey(value);
  const maps = [
    value.baseColorMap,
    value.normalMap,
    value.metallicRoughnessMap,
    value.emissiveMap,
    value.occlusionMap,
  ].join(',');
  const side = value.doubleSided ? 2 : 1;
  return `${value.metalness}|${value.roughness}|${glow}|${value.alphaMode}${alpha}|${side}|${maps}`;
}

function emissionKey({ emissive, emissiveIntensity }: MaterialValue): string {
  const [r = 0, g = 0, b = 0] = emissive;
  return r + g + b === 0 ? '' : `${r}:${g}:${b}:${emissiveIntensity}`;
}
