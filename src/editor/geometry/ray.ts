import type { Vec3 } from './vec3.ts';

/** A half-line in world space; `direction` has length 1. */
export interface Ray {
  readonly origin: Vec3;
  readonly direction: Vec3;
}
