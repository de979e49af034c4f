import { type Quaternion, Vector3 } from 'three';

/** One of the cube's 26 parts as the direction it looks from: -1, 0 or 1 an axis, a face having one. */
export type CubeRegion = readonly [number, number, number];

/** CSS pixels. */
export const CUBE_SIDE = 52;
/** From the viewport's right and top edge to the middle of the cube. */
export const CUBE_INSET = { right: 66, top: 74 } as const;
/** Around the middle, all that belongs to the cube lies within. */
export const CUBE_REACH = 56;
/** Where edges and corners begin, from the middle of a face (0) to its rim (1). */
export const RIM = 0.64;

const scratchOrigin = new Vector3();
const scratchAhead = new Vector3();

/** Where the middle of the cube is in a viewport so wide. CSS pixels. */
export function cubeCentre(width: number): { readonly x: number; readonly y: number } {
  return { x: width - CUBE_INSET.right, y: CUBE_INSET.top };
}

/**
 * The part of the cube at a point, given in CSS pixels to the right and down from its middle; undefined
 * beside it. `turn` is the camera's rotation.
 */
export function cubeRegionAt(x: number, y: number, turn: Quaternion): CubeRegion | undefined {
  const half = CUBE_SIDE / 2;
  const origin = scratchOrigin.set(x / half, -y / half, 4).applyQuaternion(turn);
  const ahead = scratchAhead.set(0, 0, -1).applyQuaternion(turn);
  const enter = enterCube(origin, ahead);
  if (enter === undefined) return undefined;
  const { x: px, y: py, z: pz } = origin.addScaledVector(ahead, enter);
  return [side(px), side(py), side(pz)];
}

function side(at: number): number {
  return Math.abs(at) < RIM ? 0 : Math.sign(at);
}

/** Slab method for the cube from -1 to 1. */
function enterCube(origin: Vector3, ahead: Vector3): number | undefined {
  let near = Number.NEGATIVE_INFINITY;
  let far = Number.POSITIVE_INFINITY;
  for (const axis of ['x', 'y', 'z'] as const) {
    if (Math.abs(ahead[axis]) < 1e-9) {
      if (Math.abs(origin[axis]) > 1) return undefined;
      continue;
    }
    const a = (-1 - origin[axis]) / ahead[axis];
    const b = (1 - origin[axis]) / ahead[axis];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far ? near : undefined;
}
