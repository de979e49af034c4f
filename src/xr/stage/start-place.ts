import { Vector3 } from 'three';

/** How far from what one looked at on the desktop one stands: within a step's reach. */
const FARTHEST_M = 2.2;
const NEAREST_M = 0.8;
/** What lies higher than this above the ground is not looked up at: the floor comes along. */
const HIGHEST_M = 3;
const EYE_HEIGHT_M = 1.4;

export interface StartPlace {
  /** Of the person's floor, in the world. */
  readonly position: Vector3;
  readonly yaw: number;
}

/**
 * Where somebody who looked from `eye` at `target` on the desktop stands in the headset: on the same
 * side of it, on the ground where there is one, and turned to it.
 */
export function startPlace(
  eye: readonly [number, number, number],
  target: readonly [number, number, number],
): StartPlace {
  const away = new Vector3(eye[0] - target[0], 0, eye[2] - target[2]);
  const distance = Math.min(FARTHEST_M, Math.max(NEAREST_M, away.length()));
  if (away.lengthSq() === 0) away.set(0, 0, 1);
  away.setLength(distance);
  const onGround = target[1] > -EYE_HEIGHT_M && target[1] < HIGHEST_M;
  const floor = onGround ? 0 : target[1] - EYE_HEIGHT_M;
  return {
    position: new Vector3(target[0] + away.x, floor, target[2] + away.z),
    yaw: Math.atan2(away.x, away.z),
  };
}
