import { normalize, triangleNormal } from '../flat-normals.ts';
import { CORNER_SIZE, NO_INDEX, type ObjData, type ObjPart } from './obj-data.ts';

const TRIANGLE_SIZE = 3 * CORNER_SIZE;
const NORMAL = 2;

/**
 * Gives a normal to every corner of a triangle that lacks one: flat without a smoothing group, else
 * the mean over the triangles of that group around the position, weighted by their areas.
 */
export function fillNormals(data: ObjData): void {
  const positions = Float32Array.from(data.positions);
  const smooth = new Map<string, number>();
  const made = data.normals.length;
  for (const object of data.objects) {
    for (const part of object.parts.values()) fillPart(part, positions, data.normals, smooth);
  }
  const vector: [number, number, number] = [0, 0, 0];
  for (let at = made; at < data.normals.length; at += 3) {
    for (let i = 0; i < 3; i++) vector[i] = data.normals[at + i]!;
    normalize(vector);
    for (let i = 0; i < 3; i++) data.normals[at + i] = vector[i]!;
  }
}

function fillPart(
  { corners, smoothing }: ObjPart,
  positions: Float32Array,
  normals: number[],
  smooth: Map<string, number>,
): void {
  const vector: [number, number, number] = [0, 0, 0];
  for (let at = 0; at < corners.length; at += TRIANGLE_SIZE) {
    const offsets = [at, at + CORNER_SIZE, at + 2 * CORNER_SIZE] as const;
    if (offsets.every((corner) => corners[corner + NORMAL] !== NO_INDEX)) continue;
    const [a, b, c] = offsets.map((corner) => corners[corner]! * 3) as [number, number, number];
    triangleNormal(positions, a, b, c, vector);
    const group = smoothing[at / TRIANGLE_SIZE]!;
    const flat = group === 0 ? addNormal(normals, vector) : NO_INDEX;
    for (const corner of offsets) {
      corners[corner + NORMAL] =
        group === 0 ? flat : addSmooth(normals, vector, `${corners[corner]} ${group}`, smooth);
    }
  }
}

function addNormal(normals: number[], vector: readonly number[]): number {
  normals.push(...vector);
  return normals.length / 3 - 1;
}

function addSmooth(
  normals: number[],
  vector: readonly number[],
  key: string,
  smooth: Map<string, number>,
): number {
  const known = smooth.get(key);
  if (known === undefined) {
    const made = addNormal(normals, vector);
    smooth.set(key, made);
    return made;
  }
  for (let i = 0; i < 3; i++) normals[known * 3 + i]! += vector[i]!;
  return known;
}
