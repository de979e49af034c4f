import { firstNotFinite } from '../../../mesh/geometry-asset.ts';
import type { Submesh } from '../../../protocol/generated/types.ts';
import { flatNormals } from '../flat-normals.ts';
import type { GeometryBuilder } from '../geometry-builder.ts';
import type { ImportRun } from '../import-run.ts';
import type { AccessorValues, GltfAccessors } from './gltf-accessors.ts';
import type { GltfPrimitive } from './gltf-schema.ts';
import { cornerCount, TRIANGLES, triangleCorners } from './triangle-corners.ts';
import { VertexCompactor } from './vertex-compactor.ts';

const POSITION_SIZE = 3;
const COLOR_SIZE = 4;

/** Turns the primitives of glTF meshes into submeshes of our own. */
export class GltfPrimitives {
  readonly #accessors: GltfAccessors;
  readonly #builder: GeometryBuilder;
  readonly #run: ImportRun;
  readonly #compactor = new VertexCompactor();
  /** Primitives often differ in nothing but their material. */
  readonly #known = new Map<string, number | undefined>();

  constructor(accessors: GltfAccessors, builder: GeometryBuilder, run: ImportRun) {
    this.#accessors = accessors;
    this.#builder = builder;
    this.#run = run;
  }

  /**
   * The submesh of a primitive, or `undefined` for one that has no triangles.
   * @throws {ThetaError<ImportCode>} on geometry that refers to what is not there or is not finite
   */
  read(primitive: GltfPrimitive, name: string): number | undefined {
    const key = JSON.stringify([primitive.attributes, primitive.indices, primitive.mode]);
    if (!this.#known.has(key)) this.#known.set(key, this.#make(primitive, name));
    return this.#known.get(key);
  }

  #make(primitive: GltfPrimitive, name: string): number | undefined {
    if (!this.#hasTriangles(primitive, name)) return undefined;
    const positions = this.#attribute(primitive, 'POSITION', POSITION_SIZE);
    if (positions === undefined) return this.#skip(`"${name}" has no positions and was left out.`);
    const corners = this.#corners(primitive, positions.count, name);
    if (corners.length === 0) return this.#skip(`"${name}" has no triangles and was left out.`);
    return this.#builder.add(this.#submesh(primitive, name, positions, corners));
  }

  #hasTriangles(primitive: GltfPrimitive, name: string): boolean {
    if (primitive.targets !== undefined) this.#run.warn('Morph targets were left out.');
    if (primitive.mode >= TRIANGLES) return true;
    this.#run.warn(`"${name}" consists of points or lines and was left out.`);
    return false;
  }

  #skip(warning: string): undefined {
    this.#run.warn(warning);
    return undefined;
  }

  #corners(primitive: GltfPrimitive, vertices: number, name: string): Uint32Array<ArrayBuffer> {
    const { mode, indices } = primitive;
    const listed = indices === undefined ? undefined : this.#accessors.indices(indices);
    const corners = cornerCount(mode, listed?.length ?? vertices);
    if (corners % 3 !== 0) {
      throw this.#run.fault(
        'malformed',
        `has a mesh, "${name}", with a triangle that is not whole`,
      );
    }
    this.#builder.reserve(0, corners);
    for (const index of listed ?? []) {
      if (index < vertices) continue;
      const fault = `has a mesh, "${name}", that names vertex ${index} of ${vertices}`;
      throw this.#run.fault('out_of_range', fault);
    }
    return triangleCorners(mode, listed ?? sequence(vertices));
  }

  /** With shared vertices where the file has normals, else with flat ones, as glTF wants it. */
  #submesh(
    primitive: GltfPrimitive,
    name: string,
    positions: AccessorValues,
    corners: Uint32Array<ArrayBuffer>,
  ): Submesh {
    const compacted = this.#compactor.compact(corners, positions.count);
    const normals = this.#gather(primitive, 'NORMAL', 3, compacted.sources, name);
    const sources = normals === undefined ? corners : compacted.sources;
    this.#builder.reserve(sources.length, 0);
    const gathered = this.#positions(positions, sources, name);
    return {
      name,
      positions: gathered,
      normals: normals ?? flatNormals(gathered),
      tangents: normals && this.#gather(primitive, 'TANGENT', 4, sources, name),
      uvs: this.#gather(primitive, 'TEXCOORD_0', 2, sources, name),
      colors: this.#colors(primitive, sources, name),
      indices: normals && sources.length < corners.length ? compacted.indices : undefined,
    };
  }

  #positions(
    positions: AccessorValues,
    sources: Uint32Array,
    name: string,
  ): Float32Array<ArrayBuffer> {
    const gathered = gather(positions, sources, POSITION_SIZE);
    const at = firstNotFinite(gathered);
    if (at === -1) return gathered;
    const fault = `has a mesh, "${name}", with a position that is not finite (${gathered[at]})`;
    throw this.#run.fault('not_finite', fault);
  }

  #colors(
    primitive: GltfPrimitive,
    sources: Uint32Array,
    name: string,
  ): Float32Array<ArrayBuffer> | undefined {
    const index = primitive.attributes.COLOR_0;
    if (index === undefined) return undefined;
    const size = this.#accessors.attribute(index).size === 3 ? 3 : COLOR_SIZE;
    const colors = this.#gather(primitive, 'COLOR_0', size, sources, name);
    return colors !== undefined && size === 3 ? withAlpha(colors) : colors;
  }

  /** An attribute of the given vertices; absent where the file has none, or one that is no good. */
  #gather(
    primitive: GltfPrimitive,
    attribute: string,
    size: number,
    sources: Uint32Array,
    name: string,
  ): Float32Array<ArrayBuffer> | undefined {
    const values = this.#attribute(primitive, attribute, size);
    if (values === undefined) return undefined;
    this.#checkCount(primitive, values, attribute, name);
    const gathered = gather(values, sources, size);
    if (firstNotFinite(gathered) === -1) return gathered;
    return this.#skip(`${attribute} of "${name}" has values that are not finite and was left out.`);
  }

  #checkCount(
    primitive: GltfPrimitive,
    values: AccessorValues,
    attribute: string,
    name: string,
  ): void {
    const positions = this.#attribute(primitive, 'POSITION', POSITION_SIZE);
    if (values.count === positions?.count) return;
    const fault = `has a mesh, "${name}", with ${values.count} of ${attribute} for ${positions?.count} vertices`;
    throw this.#run.fault('malformed', fault);
  }

  #attribute(primitive: GltfPrimitive, name: string, size: number): AccessorValues | undefined {
    const index = primitive.attributes[name];
    if (index === undefined) return undefined;
    const values = this.#accessors.attribute(index);
    if (values.size === size) return values;
    throw this.#run.fault('malformed', `has ${name} with ${values.size} numbers, not ${size}`);
  }
}

function sequence(length: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length }, (_, i) => i);
}

/** Copies the elements of the given vertices; −0 becomes 0. */
function gather(
  { values }: AccessorValues,
  sources: Uint32Array,
  size: number,
): Float32Array<ArrayBuffer> {
  const gathered = new Float32Array(sources.length * size);
  for (let i = 0; i < sources.length; i++) {
    const from = sources[i]! * size;
    for (let k = 0; k < size; k++) gathered[i * size + k] = values[from + k]! + 0;
  }
  return gathered;
}

function withAlpha(colors: Float32Array): Float32Array<ArrayBuffer> {
  const count = colors.length / 3;
  const rgba = new Float32Array(count * COLOR_SIZE).fill(1);
  for (let i = 0; i < count; i++) rgba.set(colors.subarray(i * 3, i * 3 + 3), i * COLOR_SIZE);
  return rgba;
}
