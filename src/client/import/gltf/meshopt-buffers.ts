import { MeshoptDecoder } from 'meshoptimizer/decoder';
import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';
import type { GltfMeshopt } from './gltf-schema.ts';

/** Resolves when compressed buffer views can be decoded. */
export async function meshoptReady(): Promise<void> {
  await MeshoptDecoder.ready;
}

/**
 * What a buffer view of `EXT_meshopt_compression` holds.
 * @param most bytes that it may come to
 * @throws {ThetaError<ImportCode>} `too_large`, `malformed`
 */
export function decodeMeshopt(
  source: Uint8Array,
  { count, byteStride, mode, filter }: GltfMeshopt,
  most: number,
  run: ImportRun,
): Bytes {
  const length = count * byteStride;
  if (length > most) {
    throw run.fault('too_large', `has a compressed buffer view of ${length} bytes`);
  }
  const target = new Uint8Array(length);
  try {
    MeshoptDecoder.decodeGltfBuffer(target, count, byteStride, source, mode, filter);
  } catch (cause) {
    throw run.fault('malformed', 'has meshopt data that cannot be decoded', { cause });
  }
  return target;
}
