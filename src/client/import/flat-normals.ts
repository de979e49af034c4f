/**
 * A unit normal for each vertex of a list of triangles in which no two share a vertex (x, y, z for
 * each, counter-clockwise). A triangle without area gets the y axis.
 */
export function flatNormals(positions: Float32Array): Float32Array<ArrayBuffer> {
  const normals = new Float32Array(positions.length);
  const normal: [number, number, number] = [0, 0, 0];
  for (let at = 0; at + 8 < positions.length; at += 9) {
    triangleNormal(positions, at, at + 3, at + 6, normal);
    normalize(normal);
    for (let corner = 0; corner < 9; corner += 3) normals.set(normal, at + corner);
  }
  return normals;
}

/** The normal of the triangle at the given offsets, as long as twice its area. */
export function triangleNormal(
  positions: Float32Array,
  a: number,
  b: number,
  c: number,
  into: [number, number, number],
): void {
  const ux = positions[b]! - positions[a]!;
  const uy = positions[b + 1]! - positions[a + 1]!;
  const uz = positions[b + 2]! - positions[a + 2]!;
  const vx = positions[c]! - positions[a]!;
  const vy = positions[c + 1]! - positions[a + 1]!;
  const vz = positions[c + 2]! - positions[a + 2]!;
  into[0] = uy * vz - uz * vy;
  into[1] = uz * vx - ux * vz;
  into[2] = ux * vy - uy * vx;
}

/** To length one; a vector without a direction becomes the y axis. No −0 comes out. */
export function normalize(vector: [number, number, number]): void {
  const [x, y, z] = vector;
  const length = Math.sqrt(x * x + y * y + z * z);
  const hasDirection = length > 0 && Number.isFinite(length);
  vector[0] = hasDirection ? x / length + 0 : 0;
  vector[1] = hasDirection ? y / length + 0 : 1;
  vector[2] = hasDirection ? z / length + 0 : 0;
}
