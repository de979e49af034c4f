/** `primitive.mode` of glTF. */
export const TRIANGLES = 4;
export const TRIANGLE_STRIP = 5;
export const TRIANGLE_FAN = 6;

/** How many corners the triangles of `count` vertices have. */
export function cornerCount(mode: number, count: number): number {
  return mode === TRIANGLES ? count : Math.max(0, count - 2) * 3;
}

/** The triangles of a strip or fan, three corners each (glTF 2.0, section 3.7.2.1). */
export function triangleCorners(
  mode: number,
  source: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  if (mode === TRIANGLES) return source;
  const corners = new Uint32Array(cornerCount(mode, source.length));
  for (let triangle = 0; triangle * 3 < corners.length; triangle++) {
    const isOdd = triangle % 2 === 1;
    const [a, b, c] =
      mode === TRIANGLE_FAN
        ? [triangle + 1, triangle + 2, 0]
        : [triangle, triangle + (isOdd ? 2 : 1), triangle + (isOdd ? 1 : 2)];
    corners[triangle * 3] = source[a]!;
    corners[triangle * 3 + 1] = source[b]!;
    corners[triangle * 3 + 2] = source[c]!;
  }
  return corners;
}
