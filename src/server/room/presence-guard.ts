import type {
  HeadsetPose,
  Pose,
  Presence,
  SmallPose,
  Vec3,
} from '../../protocol/generated/types.ts';

/** Nobody is farther from the middle of the world than this, in metres, along any axis. */
export const FARTHEST_M = 10_000;
/** Nor are hands from their head, in the person's own metres. */
export const ARM_M = 2;
/** Nor is anybody larger or smaller than life by more than this. */
export const SCALES = { least: 0.001, most: 1000 } as const;

/** A presence as it may be shown to others; `clamped` when it was not fit to be as it came. */
export interface GuardedPresence {
  readonly presence: Presence;
  readonly clamped: boolean;
}

/** Brings what somebody says of where they are to where a person can be. Numbers are finite already (S5). */
export function guardPresence(presence: Presence): GuardedPresence {
  const { view, cursor, preview, headset } = presence;
  const sound =
    (view === undefined || isNear(view.position)) &&
    (cursor === undefined || isNear(cursor)) &&
    (preview ?? []).every(({ position }) => isNear(position)) &&
    (headset === undefined || isPerson(headset));
  if (sound) return { presence, clamped: false };
  return {
    clamped: true,
    presence: {
      ...presence,
      view: view && { ...view, position: near(view.position) },
      cursor: cursor && near(cursor),
      preview: preview?.map((item) => ({ ...item, position: near(item.position) })),
      headset: headset && person(headset),
    },
  };
}

function isNear({ x, y, z }: Vec3): boolean {
  return Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) <= FARTHEST_M;
}

function near({ x, y, z }: Vec3): Vec3 {
  return { x: within(x), y: within(y), z: within(z) };
}

function within(value: number): number {
  return Math.min(FARTHEST_M, Math.max(-FARTHEST_M, value));
}

function isPerson({ scale, head, left, right }: HeadsetPose): boolean {
  const reach = ARM_M * scale;
  return (
    scale >= SCALES.least &&
    scale <= SCALES.most &&
    isNear(head.position) &&
    [left, right].every((hand) => apart(hand, head) <= reach)
  );
}

/** Hands out of reach are put where the head is: they cannot be anywhere that they might really be. */
function person(pose: HeadsetPose): HeadsetPose {
  const scale = Math.min(SCALES.most, Math.max(SCALES.least, pose.scale));
  const head = { ...pose.head, position: near(pose.head.position) };
  const hand = (each: SmallPose): SmallPose =>
    apart(each, head) <= ARM_M * scale ? each : { ...each, position: head.position };
  return { ...pose, scale, head, left: hand(pose.left), right: hand(pose.right) };
}

function apart(one: Pick<Pose, 'position'>, other: Pick<Pose, 'position'>): number {
  const [a, b] = [one.position, other.position];
  const [x, y, z] = [a.x - b.x, a.y - b.y, a.z - b.z];
  return Math.sqrt(x * x + y * y + z * z);
}
