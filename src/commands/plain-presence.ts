import type { Presence } from '../protocol/generated/types.ts';

/** T3: somebody in a headset, for who knows of people at screens alone: one looks from where his head is. */
export function plainPresence({ headset, ...presence }: Presence): Presence {
  if (headset === undefined) return presence;
  const { position, x, y, z, w } = headset.head;
  const size = Math.hypot(x, y, z, w);
  const rotation =
    size > 0 ? { x: x / size, y: y / size, z: z / size, w: w / size } : { x: 0, y: 0, z: 0, w: 1 };
  return { ...presence, view: { position, rotation } };
}
