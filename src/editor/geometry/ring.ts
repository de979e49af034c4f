import { meetPlane } from './intersect.ts';
import type { Ray } from './ray.ts';
import { anyPerpendicular, cross, dot, length, normalize, subtract, type Vec3 } from './vec3.ts';

/** Cosine between axis and view below which a ring is seen so narrow that it is pulled like a rope. */
const EDGE_ON = 0.2;
const FULL_TURN = 2 * Math.PI;

/** Measures how far a ring about an axis was turned, in radians since the first ray, past full turns too. */
export interface RingMeter {
  /** Keeps the last angle while the ray misses. */
  turnTo(ray: Ray): number;
}

/**
 * A meter for the ring about `axis` (unit) around `pivot`, grabbed by `ray`, looked at along `view`
 * (unit, from the eye). Seen from the side, where the ring's plane is edge-on, the turn goes by the
 * pull along the ring's nearest stretch instead. Undefined when the ray misses both.
 */
export function grabRing(ray: Ray, pivot: Vec3, axis: Vec3, view: Vec3): RingMeter | undefined {
  return Math.abs(dot(axis, view)) > EDGE_ON
    ? discMeter(ray, pivot, axis)
    : ropeMeter(ray, pivot, axis, view);
}

function discMeter(ray: Ray, pivot: Vec3, axis: Vec3): RingMeter | undefined {
  const right = anyPerpendicular(axis);
  const up = cross(axis, right);
  const angleOf = (at: Ray): number | undefined => {
    const point = meetPlane(at, pivot, axis);
    if (point === undefined) return undefined;
    const arm = subtract(point, pivot);
    return Math.atan2(dot(arm, up), dot(arm, right));
  };
  const start = angleOf(ray);
  if (start === undefined) return undefined;
  let last = start;
  let turned = 0;
  return {
    turnTo(at) {
      const angle = angleOf(at) ?? last;
      // The shorter way round: so that passing ±180° goes on counting.
      turned += angle - last - FULL_TURN * Math.round((angle - last) / FULL_TURN);
      last = angle;
      return turned;
    },
  };
}

function ropeMeter(ray: Ray, pivot: Vec3, axis: Vec3, view: Vec3): RingMeter | undefined {
  const tangent = normalize(cross(view, axis));
  const grabbed = meetPlane(ray, pivot, view);
  if (grabbed === undefined) return undefined;
  const arm = subtract(grabbed, pivot);
  // The grabbed point projects onto the ring anywhere; its distance from the pivot bounds the radius.
  const radius = length(arm) || 1;
  let turned = 0;
  return {
    turnTo(at) {
      const point = meetPlane(at, pivot, view);
      if (point !== undefined) turned = dot(subtract(point, grabbed), tangent) / radius;
      return turned;
    },
  };
}
