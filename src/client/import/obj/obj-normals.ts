import { normalize, triangleNormal } from '../flat-normals.ts';
import { CORNER_SIZE, NO_INDEX, type ObjData, type ObjPart } from './obj-data.ts';

const TRIANGLE_SIZE = 3 * CORNER_SIZE;
const NORMAL = 2;

/**
 * Gives normals to every face that lacks one: its own without a smoothing group, else at each corner
 * the mean over the faces of the group around the position, weighted by their areas.
 */
export function fillNormals(data: ObjData): void {
  const filler = new NormalFiller(data);
  for (const object of data.objects) {
    for (const part of object.parts.values()) filler.fill(part);
  }
  filler.finish();
}

type Vector = [number, number, number];

class NormalFiller {
  readonly #positions: Float32Array;
  readonly #normals: number[];
  readonly #firstMade: number;
  /** Indices of normals by position, for each smoothing group. */
  readonly #groups = new Map<number, Map<number, number>>();
  readonly #area: Vector = [0, 0, 0];

  constructor(data: ObjData) {
    this.#positions = Float32Array.from(data.positions);
    this.#normals = data.normals;
    this.#firstMade = data.normals.length;
  }

  fill({ corners, faces, smoothing }: ObjPart): void {
    let start = 0;
    for (const [face, triangles] of faces.entries()) {
      const end = start + triangles * TRIANGLE_SIZE;
      if (lacksNormal(corners, start, end)) this.#fillFace(corners, start, end, smoothing[face]!);
      start = end;
    }
  }

  #fillFace(corners: number[], start: number, end: number, group: number): void {
    this.#sumArea(corners, start, end);
    const flat = group === 0 ? this.#make() : NO_INDEX;
    for (let at = start; at < end; at += CORNER_SIZE) {
      const isShared = at > start + CORNER_SIZE && (at - start) % TRIANGLE_SIZE < 2 * CORNER_SIZE;
      // A corner that two triangles of the face share must not count the face twice.
      const normal = group === 0 ? flat : this.#smooth(group, corners[at]!, isShared);
      corners[at + NORMAL] = normal;
    }
  }

  /** The face's normal, as long as twice its area. */
  #sumArea(corners: readonly number[], start: number, end: number): void {
    const area: Vector = [0, 0, 0];
    this.#area.fill(0);
    for (let at = start; at < end; at += TRIANGLE_SIZE) {
      const [a, b, c] = [0, 1, 2].map((i) => corners[at + i * CORNER_SIZE]! * 3) as Vector;
      triangleNormal(this.#positions, a, b, c, area);
      for (let i = 0; i < 3; i++) this.#area[i]! += area[i]!;
    }
  }

  /** Makes what was summed up unit vectors. */
  finish(): void {
    const vector: Vector = [0, 0, 0];
    for (let at = this.#firstMade; at < this.#normals.length; at += 3) {
      for (let i = 0; i < 3; i++) vector[i] = this.#normals[at + i]!;
      normalize(vector);
      for (let i = 0; i < 3; i++) this.#normals[at + i] = vector[i]!;
    }
  }

  #smooth(group: number, position: number, isCounted: boolean): number {
    const known = this.#groups.get(group) ?? new Map<number, number>();
    this.#groups.set(group, known);
    const index = known.get(position) ?? this.#make();
    if (known.has(position) && !isCounted) this.#add(index);
    known.set(position, index);
    return index;
  }

  #make(): number {
    this.#normals.push(...this.#area);
    return this.#normals.length / 3 - 1;
  }

  #add(index: number): void {
    for (let i = 0; i < 3; i++) this.#normals[index * 3 + i]! += this.#area[i]!;
  }
}

function lacksNormal(corners: readonly number[], start: number, end: number): boolean {
  for (let at = start; at < end; at += CORNER_SIZE) {
    if (corners[at + NORMAL] === NO_INDEX) return true;
  }
  return false;
}
