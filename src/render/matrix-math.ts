/** Numbers in a column-major 4×4 matrix. */
export const MATRIX_STRIDE = 16;

type Numbers = ArrayLike<number>;
type WritableNumbers = { [at: number]: number };

/**
 * Writes the affine matrix of a translation, a unit quaternion and a scale, column-major, at
 * `out[at…at + 15]`; the inputs are read from their own offsets.
 */
export function composeInto(
  out: WritableNumbers,
  at: number,
  position: Numbers,
  p: number,
  rotation: Numbers,
  r: number,
  scale: Numbers,
  s: number,
): void {
  const x = rotation[r]!;
  const y = rotation[r + 1]!;
  const z = rotation[r + 2]!;
  const w = rotation[r + 3]!;
  const sx = scale[s]!;
  const sy = scale[s + 1]!;
  const sz = scale[s + 2]!;
  out[at] = (1 - 2 * (y * y + z * z)) * sx;
  out[at + 1] = 2 * (x * y + w * z) * sx;
  out[at + 2] = 2 * (x * z - w * y) * sx;
  out[at + 3] = 0;
  out[at + 4] = 2 * (x * y - w * z) * sy;
  out[at + 5] = (1 - 2 * (x * x + z * z)) * sy;
  out[at + 6] = 2 * (y * z + w * x) * sy;
  out[at + 7] = 0;
  out[at + 8] = 2 * (x * z + w * y) * sz;
  out[at + 9] = 2 * (y * z - w * x) * sz;
  out[at + 10] = (1 - 2 * (x * x + y * y)) * sz;
  out[at + 11] = 0;
  out[at + 12] = position[p]!;
  out[at + 13] = position[p + 1]!;
  out[at + 14] = position[p + 2]!;
  out[at + 15] = 1;
}

/** `out = a × b` for affine matrices (last row 0 0 0 1). `out` may be neither `a` nor `b`. */
export function multiplyAffineInto(
  out: WritableNumbers,
  o: number,
  a: Numbers,
  i: number,
  b: Numbers,
  j: number,
): void {
  for (let column = 0; column < MATRIX_STRIDE; column += 4) {
    const b0 = b[j + column]!;
    const b1 = b[j + column + 1]!;
    const b2 = b[j + column + 2]!;
    const shift = column === 12 ? 1 : 0;
    for (let row = 0; row < 3; row++) {
      out[o + column + row] =
        a[i + row]! * b0 + a[i + 4 + row]! * b1 + a[i + 8 + row]! * b2 + a[i + 12 + row]! * shift;
    }
    out[o + column + 3] = shift;
  }
}

/** The determinant of the matrix's 3×3 part: negative when it mirrors. */
export function determinant3(m: Numbers, at: number): number {
  return (
    m[at]! * (m[at + 5]! * m[at + 10]! - m[at + 9]! * m[at + 6]!) -
    m[at + 4]! * (m[at + 1]! * m[at + 10]! - m[at + 9]! * m[at + 2]!) +
    m[at + 8]! * (m[at + 1]! * m[at + 6]! - m[at + 5]! * m[at + 2]!)
  );
}
