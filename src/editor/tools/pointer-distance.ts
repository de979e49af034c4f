import { addScaled, distance, dot, subtract, type Vec3 } from '../geometry/vec3.ts';
import type { PointerInput } from './pointer-input.ts';

/** How far a pressed pointer may stray and still click, where the input does not say. */
const CLICK_SLACK = 4;

/** What is looked at for want of a hit. Metres. */
const NEAR_ENOUGH = 1;

/**
 * How far two aims are apart, in pixels of the first one's camera, where they meet what the first one
 * aims at. It holds for rays from one eye, from a parallel view, and from a hand that moves.
 */
export function pixelsApart(from: PointerInput, to: PointerInput): number {
  const { camera } = from;
  const reach = from.hit?.distance ?? NEAR_ENOUGH;
  const metres = distance(alongRay(from, reach), alongRay(to, reach));
  return metres / metresPerPixelAt(from, alongRay(from, reach)) || 0;

  function alongRay({ ray }: PointerInput, metresAway: number): Vec3 {
    return camera.perspective ? addScaled(ray.origin, ray.direction, metresAway) : ray.origin;
  }
}

/** What a pixel of the input's camera covers at a point. */
export function metresPerPixelAt({ camera }: PointerInput, point: Vec3): number {
  if (!camera.perspective) return camera.scale;
  const depth = Math.abs(dot(subtract(point, camera.position), camera.forward));
  return camera.scale * (depth || NEAR_ENOUGH);
}

/** Whether a press has become a drag. */
export function isDrag(from: PointerInput, to: PointerInput): boolean {
  return pixelsApart(from, to) > (from.slack ?? CLICK_SLACK);
}
