import { addScaled, dot, type Vec3, ZERO } from '../geometry/vec3.ts';
import type { SnapState } from '../stores/states.ts';
import type { Modifiers } from '../tools/pointer-input.ts';

/** Whether a gesture snaps now: Ctrl (or Cmd) turns the switch round while it is held. */
export function isSnapping(snap: SnapState, modifiers: Modifiers): boolean {
  return snap.enabled !== (modifiers.ctrl || modifiers.meta);
}

/** The nearest multiple of a step; the value itself for a step that is not positive. */
export function snapTo(value: number, step: number): number {
  if (!(step > 0)) return value;
  // A quotient of whole numbers keeps 0.1 · 3 from reading 0.30000000000000004.
  const inverse = Math.round(1 / step);
  const decimal = inverse > 0 && Math.abs(inverse * step - 1) < 1e-9;
  const count = Math.round(value / step) + 0;
  return decimal ? count / inverse : count * step;
}

/** As `snapTo`, but never 0: nothing comes back from a scale of nothing. */
export function snapFactor(factor: number, step: number): number {
  const snapped = snapTo(factor, step);
  if (snapped !== 0 || !(step > 0)) return snapped;
  return factor < 0 ? -step : step;
}

/**
 * A move of which the part along each axis (unit vectors at right angles) is snapped. `from` is where
 * the pivot stood if it shall come to lie on the world's grid; without it the distance is snapped.
 */
export function snapMove(move: Vec3, axes: readonly Vec3[], step: number, from?: Vec3): Vec3 {
  let snapped = ZERO;
  for (const axis of axes) {
    const start = from === undefined ? 0 : dot(from, axis);
    snapped = addScaled(snapped, axis, snapTo(start + dot(move, axis), step) - start);
  }
  return snapped;
}
