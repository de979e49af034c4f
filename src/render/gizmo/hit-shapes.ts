import { type Ray, Vector3 } from 'three';

const scratchPoint = new Vector3();
const scratchEnd = new Vector3();
const scratchStart = new Vector3();

/** Shortest distance between a ray and the segment from `a` to `b`. */
export function distanceToSegment(ray: Ray, a: Vector3, b: Vector3): number {
  // Rounding takes the square of a direct hit below zero.
  return Math.sqrt(Math.max(0, ray.distanceSqToSegment(a, b)));
}

/** Shortest distance between a ray and a point. */
export function distanceToPoint(ray: Ray, point: Vector3): number {
  return ray.distanceToPoint(point);
}

/**
 * Shortest distance between a ray and an arc of `sweep` radians of the circle around the origin that
 * goes from `x` by `y` (orthogonal, as long as the radius).
 */
export function distanceToArc(ray: Ray, x: Vector3, y: Vector3, sweep: number): number {
  const steps = Math.max(8, Math.ceil((sweep / Math.PI) * 32));
  let least = Number.POSITIVE_INFINITY;
  scratchStart.copy(x);
  for (let step = 1; step <= steps; step++) {
    const angle = (step / steps) * sweep;
    scratchEnd.copy(x).multiplyScalar(Math.cos(angle)).addScaledVector(y, Math.sin(angle));
    least = Math.min(least, distanceToSegment(ray, scratchStart, scratchEnd));
    scratchStart.copy(scratchEnd);
  }
  return least;
}

/** Whether a ray passes through the square around `centre`, `half` to each side along `u` and `v`. */
export function hitsSquare(
  ray: Ray,
  centre: Vector3,
  u: Vector3,
  v: Vector3,
  half: number,
): boolean {
  const normal = scratchEnd.crossVectors(u, v);
  const slope = normal.dot(ray.direction);
  if (slope === 0) return false;
  const along = normal.dot(scratchPoint.subVectors(centre, ray.origin)) / slope;
  if (along < 0) return false;
  const offset = ray.at(along, scratchPoint).sub(centre);
  return Math.abs(offset.dot(u)) <= half && Math.abs(offset.dot(v)) <= half;
}
