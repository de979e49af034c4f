/** Numbers of a corner in `ObjPart.corners`: position, texture coordinate, normal. */
export const CORNER_SIZE = 3;
export const NO_INDEX = -1;

/** Triangles of one object that share a material. */
export interface ObjPart {
  /** Empty before the first `usemtl`. */
  readonly material: string;
  /** `CORNER_SIZE` indices for each corner, three corners for each triangle. */
  readonly corners: number[];
  /** For each face how many triangles it is. They follow one another and share their first corner. */
  readonly faces: number[];
  /** For each face its smoothing group; 0 for none. */
  readonly smoothing: number[];
}

export interface ObjObject {
  /** Of its `o` or `g` line; empty before the first. */
  readonly name: string;
  readonly parts: Map<string, ObjPart>;
}

/** What an OBJ file says, every index resolved and checked, polygons as triangles. */
export interface ObjData {
  /** x, y, z for each position. */
  readonly positions: number[];
  /** Red, green, blue as the file has them; as many as positions, or none. */
  readonly colors: number[];
  /** u, v for each texture coordinate, v upwards. */
  readonly uvs: number[];
  /** x, y, z for each normal. */
  readonly normals: number[];
  readonly objects: ObjObject[];
  /** Names of material files. */
  readonly libraries: Set<string>;
}
