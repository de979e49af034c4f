import type { Bytes } from '../../../shared/bytes.ts';
import type { ImportRun } from '../import-run.ts';

/** "glTF", "JSON" and "BIN\0" as little-endian words (glTF 2.0, section 4.4). */
const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const VERSION = 2;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

export interface GlbContainer {
  readonly json: Bytes;
  /** The bytes of the buffer that has no address. */
  readonly binary?: Bytes;
}

export function isGlb(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === MAGIC;
}

/**
 * The chunks of a `.glb` file, as views.
 * @throws {ThetaError<ImportCode>} `malformed`, `cut_off` or `unsupported_format`
 */
export function readGlb(bytes: Bytes, run: ImportRun): GlbContainer {
  if (!isGlb(bytes))
    throw run.fault('malformed', 'is not a GLB file: it does not start with "glTF"');
  if (bytes.length < HEADER_BYTES) throw run.fault('cut_off', 'is cut off within its header');
  const view = viewOf(bytes);
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw run.fault('unsupported_format', `is glTF version ${version}; only version 2 can be read`);
  }
  const length = view.getUint32(8, true);
  if (length > bytes.length) {
    const fault = `is cut off: its header promises ${length} bytes and there are ${bytes.length}`;
    throw run.fault('cut_off', fault);
  }
  return readChunks(bytes.subarray(0, length), run);
}

function readChunks(bytes: Bytes, run: ImportRun): GlbContainer {
  const json = readChunk(bytes, HEADER_BYTES, run);
  if (json?.type !== JSON_CHUNK) throw run.fault('malformed', 'has no JSON chunk at its start');
  const binary = readChunk(bytes, json.end, run);
  return binary?.type === BINARY_CHUNK
    ? { json: json.content, binary: binary.content }
    : { json: json.content };
}

interface Chunk {
  readonly type: number;
  readonly content: Bytes;
  readonly end: number;
}

function readChunk(bytes: Bytes, at: number, run: ImportRun): Chunk | undefined {
  if (at + CHUNK_HEADER_BYTES > bytes.length) return undefined;
  const view = viewOf(bytes);
  const length = view.getUint32(at, true);
  const start = at + CHUNK_HEADER_BYTES;
  const end = start + length;
  if (end > bytes.length) {
    const fault = `is cut off: a chunk promises ${length} bytes and ${bytes.length - start} are left`;
    throw run.fault('cut_off', fault);
  }
  return { type: view.getUint32(at + 4, true), content: bytes.subarray(start, end), end };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
