import { Quaternion, Vector3 } from 'three';
import type { Similarity, Vec3 } from '../../editor/editor.ts';
import type { Quaternion4 } from '../input/input-frame.ts';

/** Where a hand holds, and how it is turned. World space. */
export interface Hold {
  readonly position: Vec3;
  readonly rotation: Quaternion4;
}

/** Hands closer together than this, in metres, give no ratio to scale by. */
const CLOSEST_M = 0.01;

/** A point p goes to `turn · (scale · p) + move`. */
export interface Motion {
  readonly turn: Quaternion;
  readonly scale: number;
  readonly move: Vector3;
}

export const STILL: Motion = { turn: new Quaternion(), scale: 1, move: new Vector3() };

/** What one hand does to what it holds: it goes and turns with it. */
export function oneHand(from: Hold, to: Hold): Motion {
  const turn = turnOf(from, to);
  return about(new Vector3(...from.position), new Vector3(...to.position), turn, 1);
}

/**
 * What two hands do: the stretch between them moves, turns and grows, and rolls as the mean of the
 * hands does.
 * @param closest hands nearer than this, in world metres, do not scale
 */
export function twoHands(
  from: readonly [Hold, Hold],
  to: readonly [Hold, Hold],
  closest: number = CLOSEST_M,
): Motion {
  const [a, b] = from.map(({ position }) => new Vector3(...position)) as [Vector3, Vector3];
  const [c, d] = to.map(({ position }) => new Vector3(...position)) as [Vector3, Vector3];
  const before = b.clone().sub(a);
  const now = d.clone().sub(c);
  const near = before.length() < closest || now.length() < closest;
  const scale = near ? 1 : now.length() / before.length();
  const axis = now.clone().normalize();
  const swing = new Quaternion();
  if (!near) swing.setFromUnitVectors(before.normalize(), axis);
  const roll = (rollOf(from[0], to[0], swing, axis) + rollOf(from[1], to[1], swing, axis)) / 2;
  const turn = new Quaternion().setFromAxisAngle(axis, near ? 0 : roll).multiply(swing);
  return about(a.lerp(b, 0.5), c.lerp(d, 0.5), turn, scale);
}

/** First `first`, then `then`. */
export function followedBy(first: Motion, then: Motion): Motion {
  return {
    turn: then.turn.clone().multiply(first.turn),
    scale: then.scale * first.scale,
    move: applied(then, first.move.clone()),
  };
}

/** Where a motion takes a point; in place. */
export function applied({ turn, scale, move }: Motion, point: Vector3): Vector3 {
  return point.multiplyScalar(scale).applyQuaternion(turn).add(move);
}

export function toSimilarity({ turn, scale, move }: Motion): Similarity {
  const [x, y, z, w] = turn.toArray();
  return {
    pivot: [0, 0, 0],
    rotation: [x!, y!, z!, w!],
    scale,
    move: [move.x, move.y, move.z],
  };
}

/** The motion that takes `from` to `to`, turned and scaled about it. */
function about(from: Vector3, to: Vector3, turn: Quaternion, scale: number): Motion {
  const arm = from.clone().multiplyScalar(scale).applyQuaternion(turn);
  return { turn, scale, move: to.clone().sub(arm) };
}

function turnOf(from: Hold, to: Hold): Quaternion {
  return new Quaternion(...to.rotation).multiply(new Quaternion(...from.rotation).invert());
}

/** How far a hand has rolled about an axis, beyond what the swing turned it; the twist of its turn. */
function rollOf(from: Hold, to: Hold, swing: Quaternion, axis: Vector3): number {
  const rest = turnOf(from, to).multiply(swing.clone().invert());
  const along = rest.x * axis.x + rest.y * axis.y + rest.z * axis.z;
  const angle = 2 * Math.atan2(along, rest.w);
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
