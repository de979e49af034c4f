import type { ImportedEntity } from './imported-model.ts';

/** Measured on `entity.create` in an `Entries` buffer, rounded up: bytes without a name. */
const BASE = 168;
const COMPONENT = 80;
const MATERIAL = 104;
const DIGEST = 40;
/** Of a `materialLink` or `sharedMaterial`. */
export const LINK_BYTES = 56;
const MAPS = [
  'baseColorMap',
  'normalMap',
  'metallicRoughnessMap',
  'emissiveMap',
  'occlusionMap',
] as const;

const encoder = new TextEncoder();

/** About how many bytes an entity takes in the one transaction of an import; never too few. */
export function entitySize({ name, components }: ImportedEntity): number {
  const { mesh, light, camera, material, textureMapping } = components;
  const parts = [mesh, light, camera, textureMapping].filter(
    (component) => component !== undefined,
  ).length;
  const maps = MAPS.filter((map) => material?.[map] !== undefined).length;
  const surface = material === undefined ? 0 : MATERIAL + maps * DIGEST;
  return BASE + encoder.encode(name).length + parts * COMPONENT + surface;
}
