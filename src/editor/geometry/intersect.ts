import type { Ray } from './ray.ts';
import { addScaled, dot, subtract, type Vec3 } from './vec3.ts';

/**
 * Sine of the smallest angle at which a ray may meet a plane, or pass along an axis: below it the
 * meeting point runs away with the slightest move of the hand, so there is none.
 */
const GRAZING = 0.03;

/**
 * How far along a line (from `origin`, in the unit direction `axis`) the point nearest to the ray
 * lies, in metres. Undefined when the view looks along the line, or the point is behind the eye.
 */
export function nearestOnAxis(ray: Ray, origin: Vec3, axis: Vec3): number | undefined {
  const between = subtract(ray.origin, origin);
  const cosine = dot(axis, ray.direction);
  const squaredSine = 1 - cosine * cosine;
  if (squaredSine < GRAZING * GRAZING) return undefined;
  const alongAxis = dot(axis, between);
  const alongRay = dot(ray.direction, between);
  if (cosine * alongAxis - alongRay < 0) return undefined;
  return (alongAxis - cosine * alongRay) / squaredSine;
}

/** Where a ray meets a plane; undefined when it does so behind the eye, or grazes it edge-on. */
export function meetPlane(ray: Ray, point: Vec3, normal: Vec3): Vec3 | undefined {
  const facing = dot(ray.direction, normal);
  if (Math.abs(facing) < GRAZING) return undefined;
  const distance = dot(subtract(point, ray.origin), normal) / facing;
  return distance < 0 ? undefined : addScaled(ray.origin, ray.direction, distance);
}
