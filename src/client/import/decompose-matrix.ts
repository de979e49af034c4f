import type { Input } from '../../ecs/component.ts';
import type { Transform } from '../../ecs/components/index.ts';

type TransformValues = { readonly [Name in keyof Input<typeof Transform>]-?: readonly number[] };

/** A matrix whose axes are this far from right angles (as a cosine) has a shear worth telling of. */
const SHEAR_TOLERANCE = 1e-3;

/**
 * Position, rotation and scale of an affine column-major 4×4 matrix. A mirroring becomes a negative
 * x scale; an axis of no length counts as unturned. `sheared` says that the three do not give the
 * matrix again.
 */
export function decomposeMatrix(m: readonly number[]): TransformValues & { sheared: boolean } {
  const axes = [0, 4, 8].map((at) => m.slice(at, at + 3));
  const scale = axes.map(lengthOf);
  if (determinant(axes) < 0) scale[0] = -scale[0]!;
  const units = axes.map((axis, i) => axis.map((value) => value / (scale[i] || 1)));
  const isFlat = scale.some((factor) => factor === 0);
  return {
    position: m.slice(12, 15),
    rotation: isFlat ? [0, 0, 0, 1] : rotationOf(units),
    scale,
    sheared: !isFlat && isSheared(units),
  };
}

function lengthOf(axis: readonly number[]): number {
  return Math.sqrt(dot(axis, axis));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

function determinant(axes: readonly (readonly number[])[]): number {
  const [x = [], y = [], z = []] = axes;
  const cross = [
    y[1]! * z[2]! - y[2]! * z[1]!,
    y[2]! * z[0]! - y[0]! * z[2]!,
    y[0]! * z[1]! - y[1]! * z[0]!,
  ];
  return dot(x, cross);
}

function isSheared(units: readonly (readonly number[])[]): boolean {
  const [x = [], y = [], z = []] = units;
  return [dot(x, y), dot(y, z), dot(z, x)].some((cosine) => Math.abs(cosine) > SHEAR_TOLERANCE);
}

/**
 * The unit quaternion of three orthonormal axes (K. Shoemake, "Quaternions", 1994: divides by the
 * largest of the four components, so that no precision is lost).
 */
function rotationOf(units: readonly (readonly number[])[]): number[] {
  const [[m00 = 1, m10 = 0, m20 = 0] = [], [m01 = 0, m11 = 1, m21 = 0] = []] = units;
  const [, , [m02 = 0, m12 = 0, m22 = 1] = []] = units;
  const trace = m00 + m11 + m22;
  if (trace > 0) return normalized([m21 - m12, m02 - m20, m10 - m01, 1 + trace]);
  if (m00 > m11 && m00 > m22) {
    return normalized([1 + m00 - m11 - m22, m01 + m10, m02 + m20, m21 - m12]);
  }
  if (m11 > m22) return normalized([m01 + m10, 1 + m11 - m00 - m22, m12 + m21, m02 - m20]);
  return normalized([m02 + m20, m12 + m21, 1 + m22 - m00 - m11, m10 - m01]);
}

/** To length one, −0 as 0; a quaternion of no length becomes no rotation. */
export function normalized(quaternion: readonly number[]): number[] {
  const length = Math.sqrt(quaternion.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0) || !Number.isFinite(length)) return [0, 0, 0, 1];
  return quaternion.map((value) => value / length + 0);
}
