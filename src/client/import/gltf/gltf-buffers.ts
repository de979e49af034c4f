import type { Bytes } from '../../../shared/bytes.ts';
import { decodeDataAddress, isDataAddress } from '../data-address.ts';
import type { DroppedFiles } from '../dropped-files.ts';
import type { ImportRun } from '../import-run.ts';
import type { Gltf, GltfMeshopt } from './gltf-schema.ts';
import { decodeMeshopt } from './meshopt-buffers.ts';

/** A checked stretch of a buffer. */
export interface BufferSlice {
  readonly bytes: Bytes;
  /** Bytes from one element to the next, where the file says so. */
  readonly stride: number | undefined;
}

/** The buffers of a glTF file, each fetched when it is first needed. */
export class GltfBuffers {
  readonly #gltf: Gltf;
  readonly #binary: Bytes | undefined;
  readonly #files: DroppedFiles;
  readonly #run: ImportRun;
  readonly #loaded = new Map<number, Bytes>();
  readonly #decoded = new Map<number, BufferSlice>();

  constructor(gltf: Gltf, binary: Bytes | undefined, files: DroppedFiles, run: ImportRun) {
    this.#gltf = gltf;
    this.#binary = binary;
    this.#files = files;
    this.#run = run;
  }

  /**
   * The bytes of a buffer view.
   * @throws {ThetaError<ImportCode>} when it is not there, or reaches beyond its buffer
   */
  view(index: number): BufferSlice {
    const view = this.#gltf.bufferViews[index];
    if (view === undefined) {
      throw this.#run.fault(
        'out_of_range',
        `refers to buffer view ${index}, which it does not have`,
      );
    }
    const meshopt = view.extensions?.EXT_meshopt_compression;
    if (meshopt !== undefined) return this.#decompressed(index, meshopt, view.byteStride);
    const buffer = this.#buffer(view.buffer);
    const end = view.byteOffset + view.byteLength;
    if (end > buffer.length) {
      const fault = `has a buffer view (${index}) up to byte ${end} of a buffer of ${buffer.length}`;
      throw this.#run.fault('out_of_range', fault);
    }
    return { bytes: buffer.subarray(view.byteOffset, end), stride: view.byteStride };
  }

  #decompressed(index: number, meshopt: GltfMeshopt, stride: number | undefined): BufferSlice {
    const known = this.#decoded.get(index);
    if (known !== undefined) return known;
    const { buffer, byteOffset, byteLength } = meshopt;
    const source = this.#buffer(buffer).subarray(byteOffset, byteOffset + byteLength);
    if (source.length < byteLength) {
      const fault = `has compressed data (buffer view ${index}) beyond the end of its buffer`;
      throw this.#run.fault('out_of_range', fault);
    }
    const most = this.#run.limits.assetBytes;
    const slice = { bytes: decodeMeshopt(source, meshopt, most, this.#run), stride };
    this.#decoded.set(index, slice);
    return slice;
  }

  #buffer(index: number): Bytes {
    const known = this.#loaded.get(index);
    if (known !== undefined) return known;
    const { uri, byteLength } = this.#declared(index);
    const bytes = uri === undefined ? this.#embedded(index) : this.#fetch(uri);
    if (bytes.length < byteLength) {
      const fault = `is cut off: its buffer ${index} promises ${byteLength} bytes and has ${bytes.length}`;
      throw this.#run.fault('cut_off', fault);
    }
    const exact = bytes.subarray(0, byteLength);
    this.#loaded.set(index, exact);
    return exact;
  }

  #declared(index: number): Gltf['buffers'][number] {
    const buffer = this.#gltf.buffers[index];
    if (buffer !== undefined) return buffer;
    throw this.#run.fault('out_of_range', `refers to buffer ${index}, which it does not have`);
  }

  #embedded(index: number): Bytes {
    if (index === 0 && this.#binary !== undefined) return this.#binary;
    throw this.#run.fault('missing_file', `has no bytes for its buffer ${index}`);
  }

  #fetch(uri: string): Bytes {
    return isDataAddress(uri) ? decodeDataAddress(uri, this.#run) : this.#files.get(uri).bytes;
  }
}
