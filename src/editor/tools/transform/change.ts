import { type Affine, type Pose, unmapPoint, unmapVector } from '../../geometry/affine.ts';
import {
  conjugate,
  fromAxisAngle,
  multiplyQuat,
  normalizeQuat,
  rotateVector,
} from '../../geometry/quat.ts';
import {
  add,
  cross,
  dot,
  length,
  multiply,
  normalize,
  subtract,
  type Vec3,
} from '../../geometry/vec3.ts';
import type { Pivot } from '../pivot.ts';

/** An entity as a gesture found it. */
export interface Target {
  readonly pose: Pose;
  readonly world: Affine;
  /** The space of its pose. */
  readonly parent: Affine;
}

/** The pose moved by a vector of world space; as it was below a flat parent. */
export function movePose({ pose, parent }: Target, move: Vec3): Pose {
  const inside = unmapVector(parent, move);
  return inside === undefined ? pose : { ...pose, position: add(pose.position, inside) };
}

/** The pose turned by an angle, in radians, about a unit axis of world space through the pivot. */
export function turnPose(target: Target, pivot: Vec3, axis: Vec3, angle: number): Pose {
  const { pose, world, parent } = target;
  const arm = rotateVector(fromAxisAngle(axis, angle), subtract(world.origin, pivot));
  const position = unmapPoint(parent, add(pivot, arm));
  const inside = unmapVector(parent, axis);
  if (position === undefined || inside === undefined) return pose;
  // Seen from within a mirrored parent, the world turns the other way.
  const mirrored = dot(parent.x, cross(parent.y, parent.z)) < 0;
  const turn = fromAxisAngle(normalize(inside), mirrored ? -angle : angle);
  return { ...pose, position, rotation: normalizeQuat(multiplyQuat(turn, pose.rotation)) };
}

/**
 * The pose scaled by a factor for each of the pivot's axes, away from the pivot. An entity that lies
 * askew to them is stretched along its own axes by as much as those grow.
 */
export function scalePose(target: Target, pivot: Pivot, factors: Vec3): Pose {
  const { pose, world, parent } = target;
  const intoPivot = conjugate(pivot.rotation);
  const stretch = (axis: Vec3): number => {
    const direction = rotateVector(intoPivot, normalize(axis));
    const grown = multiply(direction, factors);
    return dot(grown, direction) < 0 ? -length(grown) : length(grown);
  };
  const arm = multiply(rotateVector(intoPivot, subtract(world.origin, pivot.position)), factors);
  const position = unmapPoint(parent, add(pivot.position, rotateVector(pivot.rotation, arm)));
  if (position === undefined) return pose;
  const scale = multiply(pose.scale, [stretch(world.x), stretch(world.y), stretch(world.z)]);
  return { ...pose, position, scale };
}
