import { ThetaError } from '../shared/errors.ts';

/**
 * One mesh of a geometry asset, as the `Submesh` of schema/geometry.fbs: right-handed, y up, metres,
 * counter-clockwise triangles. `v` runs downwards: (0, 0) is the top left corner of an image.
 */
export interface GeometryPart {
  readonly name?: string | undefined;
  /** x, y, z for each vertex. */
  readonly positions: Float32Array;
  /** x, y, z for each vertex. */
  readonly normals?: Float32Array | undefined;
  /** x, y, z and the sign of the bitangent for each vertex. */
  readonly tangents?: Float32Array | undefined;
  /** u, v for each vertex. */
  readonly uvs?: Float32Array | undefined;
  /** Linear red, green, blue, alpha for each vertex. */
  readonly colors?: Float32Array | undefined;
  /** Three for each triangle; without them every three vertices are one. */
  readonly indices?: Uint32Array | undefined;
}

export interface GeometryAsset {
  readonly submeshes: readonly GeometryPart[];
}

export interface GeometryLimits {
  readonly submeshes: number;
  /** Of all submeshes together. */
  readonly vertices: number;
  /** Of all submeshes together. */
  readonly indices: number;
  /** UTF-16 code units. */
  readonly nameLength: number;
}

/** What one asset may hold; the component `mesh` counts no further than these submeshes. */
export const GEOMETRY_LIMITS: GeometryLimits = {
  submeshes: 16_384,
  vertices: 4_000_000,
  indices: 12_000_000,
  nameLength: 256,
};

export type GeometryCode =
  | 'no_submeshes'
  | 'too_many_submeshes'
  | 'too_many_vertices'
  | 'too_many_indices'
  | 'name_too_long'
  | 'no_triangles'
  | 'length_mismatch'
  | 'not_finite'
  | 'index_out_of_range';

const POSITION_SIZE = 3;
const TRIANGLE = 3;
const ATTRIBUTE_SIZES = { normals: 3, tangents: 4, uvs: 2, colors: 4 } as const;
type AttributeName = keyof typeof ATTRIBUTE_SIZES;
const ATTRIBUTES = Object.keys(ATTRIBUTE_SIZES) as AttributeName[];

/**
 * Checks a decoded asset: counts within `limits`, attributes as long as their positions, every
 * number finite, every index of a vertex that exists. The page runs it on what it made or fetched,
 * the server on what was uploaded. Linear in the size of the asset, and allocates nothing.
 * @throws {ThetaError<GeometryCode>} naming the submesh and what is wrong with it
 */
export function checkGeometry(
  asset: GeometryAsset,
  limits: GeometryLimits = GEOMETRY_LIMITS,
): void {
  checkCounts(asset, limits);
  for (const [index, part] of asset.submeshes.entries()) {
    const at = `Submesh ${index}${part.name ? ` ("${part.name.slice(0, 64)}")` : ''}`;
    checkAttributes(part, at);
    checkTriangles(part, at);
  }
}

/** Budgets first: what is beyond them is not looked at. */
function checkCounts({ submeshes }: GeometryAsset, limits: GeometryLimits): void {
  if (submeshes.length === 0) throw fault('no_submeshes', 'The geometry has no submeshes.');
  if (submeshes.length > limits.submeshes) {
    throw fault(
      'too_many_submeshes',
      `${submeshes.length} submeshes; at most ${limits.submeshes}.`,
    );
  }
  let vertices = 0;
  let indices = 0;
  for (const part of submeshes) {
    vertices += part.positions.length / POSITION_SIZE;
    indices += part.indices?.length ?? 0;
    if ((part.name?.length ?? 0) > limits.nameLength) {
      throw fault('name_too_long', `A submesh's name is over ${limits.nameLength} characters.`);
    }
  }
  if (vertices > limits.vertices) {
    throw fault('too_many_vertices', `${vertices} vertices; at most ${limits.vertices}.`);
  }
  if (indices > limits.indices) {
    throw fault('too_many_indices', `${indices} indices; at most ${limits.indices}.`);
  }
}

function checkAttributes(part: GeometryPart, at: string): void {
  const { positions } = part;
  if (positions.length === 0 || positions.length % POSITION_SIZE !== 0) {
    throw fault('length_mismatch', `${at} has ${positions.length} numbers for its positions.`);
  }
  checkFinite(positions, `${at}'s positions`);
  const vertices = positions.length / POSITION_SIZE;
  for (const name of ATTRIBUTES) {
    const values = part[name];
    if (values === undefined) continue;
    if (values.length !== vertices * ATTRIBUTE_SIZES[name]) {
      throw fault(
        'length_mismatch',
        `${at} has ${values.length} ${name} for ${vertices} vertices.`,
      );
    }
    checkFinite(values, `${at}'s ${name}`);
  }
}

function checkFinite(values: Float32Array, what: string): void {
  const at = firstNotFinite(values);
  if (at !== -1) throw fault('not_finite', `${what} hold ${values[at]} at ${at}.`);
}

/** Where the first NaN or infinity is, or -1. */
export function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}

function checkTriangles({ positions, indices }: GeometryPart, at: string): void {
  const vertices = positions.length / POSITION_SIZE;
  const corners = indices?.length ?? vertices;
  if (corners === 0 || corners % TRIANGLE !== 0) {
    throw fault('no_triangles', `${at} has ${corners} corners, which make no whole triangles.`);
  }
  if (indices === undefined) return;
  for (const index of indices) {
    if (index >= vertices) {
      throw fault('index_out_of_range', `${at} names vertex ${index}; it has ${vertices}.`);
    }
  }
}

function fault(code: GeometryCode, message: string): ThetaError<GeometryCode> {
  return new ThetaError<GeometryCode>(code, message);
}
