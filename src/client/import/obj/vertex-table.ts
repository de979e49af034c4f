/** Which corner of a face a vertex stands for: indices from 0, or -1 for none. */
export interface ObjCorner {
  readonly position: number;
  readonly uv: number;
  readonly normal: number;
}

const NONE = -1;

/**
 * Numbers the distinct corners of a mesh in the order of their first use. Corners of one position
 * are chained: there are only a few of each.
 */
export class VertexTable {
  readonly corners: ObjCorner[] = [];
  readonly #first = new Map<number, number>();
  readonly #next: number[] = [];

  /** The vertex of the corner, made where there is none yet. */
  indexOf(position: number, uv: number, normal: number): number {
    let last = NONE;
    for (let at = this.#first.get(position) ?? NONE; at !== NONE; at = this.#next[at]!) {
      const known = this.corners[at]!;
      if (known.uv === uv && known.normal === normal) return at;
      last = at;
    }
    const index = this.corners.push({ position, uv, normal }) - 1;
    this.#next.push(NONE);
    if (last === NONE) this.#first.set(position, index);
    else this.#next[last] = index;
    return index;
  }
}
