import type { ImportRun } from '../import-run.ts';

/** As much of Draco's decoder as is used; its package has no types. */
interface DracoModule {
  readonly HEAPU8: Uint8Array;
  readonly TRIANGULAR_MESH: number;
  readonly DT_FLOAT32: number;
  Decoder: new () => DracoDecoder;
  DecoderBuffer: new () => { Init(bytes: Int8Array, length: number): void };
  Mesh: new () => DracoMesh;
  _malloc(bytes: number): number;
  _free(at: number): void;
  destroy(what: object): void;
}

interface DracoDecoder {
  GetEncodedGeometryType(buffer: object): number;
  DecodeBufferToMesh(buffer: object, mesh: DracoMesh): { ok(): boolean; error_msg(): string };
  GetTrianglesUInt32Array(mesh: DracoMesh, bytes: number, at: number): boolean;
  GetAttributeByUniqueId(mesh: DracoMesh, id: number): DracoAttribute;
  GetAttributeDataArrayForAllPoints(
    mesh: DracoMesh,
    attribute: DracoAttribute,
    type: number,
    bytes: number,
    at: number,
  ): boolean;
}

interface DracoMesh {
  num_faces(): number;
  num_points(): number;
}

interface DracoAttribute {
  readonly ptr: number;
  num_components(): number;
}

export interface DracoPart {
  readonly points: number;
  readonly indices: Uint32Array<ArrayBuffer>;
  /** By the attribute's name in the glTF file. */
  readonly attributes: ReadonlyMap<
    string,
    { readonly size: number; readonly values: Float32Array }
  >;
}

/** What a part may have before memory for it is taken: the file's own word for it. */
export interface DracoBounds {
  readonly points: number;
  readonly indices: number;
}

/** Fetches the decoder's WebAssembly, where it cannot find it by itself. */
export type DracoWasm = () => Promise<ArrayBuffer>;

const BYTES = 4;

/** Decodes meshes of `KHR_draco_mesh_compression` with Google's decoder. */
export class DracoReader {
  readonly #draco: DracoModule;
  readonly #run: ImportRun;

  private constructor(draco: DracoModule, run: ImportRun) {
    this.#draco = draco;
    this.#run = run;
  }

  static async load(run: ImportRun, wasm?: DracoWasm): Promise<DracoReader> {
    const { default: create } = await import('draco3dgltf/draco_decoder_gltf_nodejs.js');
    const wasmBinary = await wasm?.();
    const draco = (await create(wasmBinary ? { wasmBinary } : {})) as DracoModule;
    return new DracoReader(draco, run);
  }

  /**
   * @param ids of attributes in the compressed data, by their names in the glTF file
   * @throws {ThetaError<ImportCode>} `malformed` for data that is none, or is not what was announced
   */
  decode(bytes: Uint8Array, ids: Readonly<Record<string, number>>, most: DracoBounds): DracoPart {
    const draco = this.#draco;
    const decoder = new draco.Decoder();
    const buffer = new draco.DecoderBuffer();
    const mesh = new draco.Mesh();
    try {
      buffer.Init(new Int8Array(bytes), bytes.length);
      if (decoder.GetEncodedGeometryType(buffer) !== draco.TRIANGULAR_MESH) throw this.#broken();
      if (!decoder.DecodeBufferToMesh(buffer, mesh).ok()) throw this.#broken();
      const points = mesh.num_points();
      if (points > most.points || mesh.num_faces() * 3 > most.indices) {
        throw this.#run.fault('malformed', 'has more in its Draco data than it says');
      }
      const attributes = new Map<string, { size: number; values: Float32Array }>();
      for (const [name, id] of Object.entries(ids)) {
        attributes.set(name, this.#attribute(decoder, mesh, id));
      }
      return { points, indices: this.#indices(decoder, mesh), attributes };
    } finally {
      for (const each of [mesh, buffer, decoder]) draco.destroy(each);
    }
  }

  #indices(decoder: DracoDecoder, mesh: DracoMesh): Uint32Array<ArrayBuffer> {
    const length = mesh.num_faces() * 3;
    const copied = this.#read(length, (bytes, at) =>
      decoder.GetTrianglesUInt32Array(mesh, bytes, at),
    );
    return new Uint32Array(copied);
  }

  #attribute(decoder: DracoDecoder, mesh: DracoMesh, id: number) {
    const attribute = decoder.GetAttributeByUniqueId(mesh, id);
    if (attribute.ptr === 0) throw this.#broken();
    const size = attribute.num_components();
    const copied = this.#read(mesh.num_points() * size, (bytes, at) =>
      decoder.GetAttributeDataArrayForAllPoints(mesh, attribute, this.#draco.DT_FLOAT32, bytes, at),
    );
    return { size, values: new Float32Array(copied) };
  }

  /** Copies what `fill` puts into the decoder's memory. */
  #read(length: number, fill: (bytes: number, at: number) => boolean): ArrayBuffer {
    const draco = this.#draco;
    const bytes = length * BYTES;
    const at = draco._malloc(bytes);
    try {
      if (!fill(bytes, at)) throw this.#broken();
      return draco.HEAPU8.slice(at, at + bytes).buffer as ArrayBuffer;
    } finally {
      draco._free(at);
    }
  }

  #broken(): Error {
    return this.#run.fault('malformed', 'has Draco data that cannot be decoded');
  }
}
