import type { ImportRun } from '../import-run.ts';
import type { BufferSlice, GltfBuffers } from './gltf-buffers.ts';
import type { Gltf, GltfAccessor } from './gltf-schema.ts';

/** Decoded values: `count` elements of `size` numbers, normalised integers as 0…1 or −1…1. */
export interface AccessorValues {
  readonly count: number;
  readonly size: number;
  readonly values: Float32Array;
}

type ComponentType = GltfAccessor['componentType'];
type Read = (view: DataView, at: number) => number;

interface ComponentFormat {
  readonly bytes: number;
  readonly read: Read;
  /** What a normalised value of one is stored as. */
  readonly one: number;
}

const FORMATS: Readonly<Record<ComponentType, ComponentFormat>> = {
  5120: { bytes: 1, read: (view, at) => view.getInt8(at), one: 0x7f },
  5121: { bytes: 1, read: (view, at) => view.getUint8(at), one: 0xff },
  5122: { bytes: 2, read: (view, at) => view.getInt16(at, true), one: 0x7fff },
  5123: { bytes: 2, read: (view, at) => view.getUint16(at, true), one: 0xffff },
  5125: { bytes: 4, read: (view, at) => view.getUint32(at, true), one: 0xffffffff },
  5126: { bytes: 4, read: (view, at) => view.getFloat32(at, true), one: 1 },
};
const FLOAT: ComponentType = 5126;
const UNSIGNED: readonly ComponentType[] = [5121, 5123, 5125];

const SIZES = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 } as const;

/** Position, normal, tangent, two of a texture coordinate, colour. */
const NUMBERS_A_VERTEX = 16;

/** The accessors of a glTF file. Nothing is allocated for a count before it is within its bounds. */
export class GltfAccessors {
  readonly #gltf: Gltf;
  readonly #buffers: GltfBuffers;
  readonly #run: ImportRun;
  readonly #decoded = new Map<number, AccessorValues>();
  readonly #providedIndices = new Map<number, Uint32Array<ArrayBuffer>>();
  #numbers = 0;

  constructor(gltf: Gltf, buffers: GltfBuffers, run: ImportRun) {
    this.#gltf = gltf;
    this.#buffers = buffers;
    this.#run = run;
  }

  /**
   * Values of a vertex attribute; not to be changed, since several meshes may share them.
   * @throws {ThetaError<ImportCode>} when the accessor or what it refers to is out of range
   */
  attribute(index: number): AccessorValues {
    const known = this.#decoded.get(index);
    if (known !== undefined) return known;
    const accessor = this.#accessor(index, this.#run.limits.geometry.vertices);
    const size = SIZES[accessor.type];
    this.#charge(accessor.count * size);
    const values = new Float32Array(accessor.count * size);
    this.#readAll(index, accessor, values, this.#decoderOf(accessor));
    const decoded = { count: accessor.count, size, values };
    this.#decoded.set(index, decoded);
    return decoded;
  }

  /** How many elements an accessor has. @throws {ThetaError<ImportCode>} for more than `most` */
  countOf(index: number, most: number): number {
    return this.#accessor(index, most).count;
  }

  /** Values that are elsewhere than in the accessor's own bytes. */
  provide(index: number, values: AccessorValues): void {
    this.#charge(values.values.length);
    this.#decoded.set(index, values);
  }

  /** As `provide`, of indices of vertices. */
  provideIndices(index: number, values: Uint32Array<ArrayBuffer>): void {
    this.#providedIndices.set(index, values);
  }

  /** Indices of vertices, as the file has them: not yet checked against any mesh. */
  indices(index: number): Uint32Array<ArrayBuffer> {
    const provided = this.#providedIndices.get(index);
    if (provided !== undefined) return provided;
    const accessor = this.#accessor(index, this.#run.limits.geometry.indices);
    if (accessor.type !== 'SCALAR' || !UNSIGNED.includes(accessor.componentType)) {
      throw this.#run.fault(
        'malformed',
        `has indices (accessor ${index}) that are no whole numbers`,
      );
    }
    const values = new Uint32Array(accessor.count);
    this.#readAll(index, accessor, values, FORMATS[accessor.componentType].read);
    return values;
  }

  #accessor(index: number, mostElements: number): GltfAccessor {
    const accessor = this.#gltf.accessors[index];
    if (accessor === undefined) {
      throw this.#run.fault('out_of_range', `refers to accessor ${index}, which it does not have`);
    }
    if (accessor.count > mostElements) {
      const fault = `has ${accessor.count} elements in accessor ${index}; at most ${mostElements} can be imported`;
      throw this.#run.fault('too_large', fault);
    }
    return accessor;
  }

  /** Accessors may share bytes or have none, so that the file's size does not bound them. */
  #charge(numbers: number): void {
    this.#numbers += numbers;
    const most = this.#run.limits.geometry.vertices * NUMBERS_A_VERTEX;
    if (this.#numbers > most) {
      throw this.#run.fault('too_large', `has over ${most} numbers of vertex data`);
    }
  }

  #decoderOf({ componentType, normalized }: GltfAccessor): Read {
    const { read, one } = FORMATS[componentType];
    if (!normalized || componentType === FLOAT) return read;
    return (view, at) => Math.max(read(view, at) / one, -1);
  }

  #readAll(
    index: number,
    accessor: GltfAccessor,
    into: Float32Array | Uint32Array,
    read: Read,
  ): void {
    const size = SIZES[accessor.type];
    if (accessor.bufferView !== undefined) {
      const slice = this.#buffers.view(accessor.bufferView);
      const layout = this.#layout(index, slice, accessor.byteOffset, accessor.count, accessor);
      readElements(into, layout, size, read, (element) => element);
    }
    if (accessor.sparse !== undefined) this.#readSparse(index, accessor, into, read);
  }

  /** Replaces the elements that a sparse accessor lists (glTF 2.0, section 3.6.2.3). */
  #readSparse(
    index: number,
    accessor: GltfAccessor,
    into: Float32Array | Uint32Array,
    read: Read,
  ): void {
    const { sparse } = accessor;
    if (sparse === undefined) return;
    if (sparse.count > accessor.count) {
      throw this.#run.fault('out_of_range', `replaces more elements than accessor ${index} has`);
    }
    const places = new Uint32Array(sparse.count);
    const { componentType, byteOffset } = sparse.indices;
    const placesSlice = packed(this.#buffers.view(sparse.indices.bufferView));
    const placesFormat = { componentType, type: 'SCALAR' } as const;
    const placesLayout = this.#layout(index, placesSlice, byteOffset, sparse.count, placesFormat);
    readElements(places, placesLayout, 1, FORMATS[componentType].read, (element) => element);
    if (places.some((place) => place >= accessor.count)) {
      throw this.#run.fault(
        'out_of_range',
        `replaces an element that accessor ${index} does not have`,
      );
    }
    const slice = packed(this.#buffers.view(sparse.values.bufferView));
    const layout = this.#layout(index, slice, sparse.values.byteOffset, sparse.count, accessor);
    readElements(into, layout, SIZES[accessor.type], read, (element) => places[element]!);
  }

  /** Where the elements are in the slice, once it is sure that all of them are within it. */
  #layout(
    index: number,
    slice: BufferSlice,
    offset: number,
    count: number,
    format: Pick<GltfAccessor, 'componentType' | 'type'>,
  ): ElementLayout {
    const componentBytes = FORMATS[format.componentType].bytes;
    const elementBytes = componentBytes * SIZES[format.type];
    const stride = slice.stride ?? elementBytes;
    const end = count === 0 ? 0 : offset + (count - 1) * stride + elementBytes;
    if (stride < elementBytes || end > slice.bytes.length) {
      const fault = `has an accessor (${index}) up to byte ${end} of a buffer view of ${slice.bytes.length}`;
      throw this.#run.fault('out_of_range', fault);
    }
    const { buffer, byteOffset, byteLength } = slice.bytes;
    return {
      view: new DataView(buffer, byteOffset, byteLength),
      offset,
      stride,
      componentBytes,
      count,
    };
  }
}

interface ElementLayout {
  readonly view: DataView;
  readonly offset: number;
  readonly stride: number;
  readonly componentBytes: number;
  readonly count: number;
}

/** Buffer views of sparse accessors have no stride. */
function packed(slice: BufferSlice): BufferSlice {
  return { bytes: slice.bytes, stride: undefined };
}

function readElements(
  into: Float32Array | Uint32Array,
  { view, offset, stride, componentBytes, count }: ElementLayout,
  size: number,
  read: Read,
  placeOf: (element: number) => number,
): void {
  for (let element = 0; element < count; element++) {
    const from = offset + element * stride;
    const to = placeOf(element) * size;
    for (let i = 0; i < size; i++) into[to + i] = read(view, from + i * componentBytes);
  }
}
