/**
 * zstd (RFC 8878). Frames are single, name the size of their content and use no dictionary; anything
 * else is refused before memory is allocated for it.
 */
import { decompress as inflate } from 'fzstd';
import type { Bytes } from '../shared/bytes.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { type CompressionCode, contentSizeOf } from './zstd-frame.ts';

export type { CompressionCode } from './zstd-frame.ts';

export type Compressor = (bytes: Uint8Array, level?: number) => Bytes;
export type Decompressor = (bytes: Uint8Array, maxSize: number) => Bytes;

/** zstd's own default, and a good one. */
export const DEFAULT_COMPRESSION_LEVEL = 3;

/**
 * The content of a frame, at most `maxSize` bytes. Small and synchronous (`fzstd`), but its time is
 * not bounded for crafted frames: only for bytes whose digest somebody trusted has signed, such as
 * snapshots. For anybody else's bytes use `loadDecompressor`. A frame whose content is shorter than
 * it says is filled up with zeros. Throws `ThetaError<CompressionCode>`.
 */
export function decompress(bytes: Uint8Array, maxSize: number): Bytes {
  const content = new Uint8Array(contentSizeOf(bytes, maxSize));
  return guarded(() => {
    inflate(bytes, content);
    return content;
  });
}

/** A compressor by zstd's own code. It is fetched and compiled at the first call only. */
export async function loadCompressor(): Promise<Compressor> {
  const zstd = await loadZstd();
  return (bytes, level = DEFAULT_COMPRESSION_LEVEL) => ownBytes(zstd.compress(bytes, level));
}

/** A decompressor by zstd's own code, for bytes that nobody vouches for. Refuses as `decompress` does. */
export async function loadDecompressor(): Promise<Decompressor> {
  const zstd = await loadZstd();
  return (bytes, maxSize) => {
    const size = contentSizeOf(bytes, maxSize);
    const content = guarded(() => ownBytes(zstd.decompress(bytes)));
    if (content.length !== size)
      throw new ThetaError('corrupt', 'The frame is shorter than it says.');
    return content;
  };
}

/**
 * From so many bytes of content on fetching zstd's own code (80 KB) is quicker than doing without: what
 * a page has not run before takes it 250 ms a megabyte.
 */
const LARGE_BYTES = 512 * 1024;

/** Fetches zstd's own code meanwhile, where a snapshot of that size, which has begun to come, wants it. */
export function expectSnapshot(size: number): void {
  // Where it cannot be had, `decompressSnapshot` does without.
  if (size >= LARGE_BYTES) loadZstd().catch(() => undefined);
}

/**
 * `decompress` for a snapshot of any size: a large one by zstd's own code, ten times as fast, where
 * that can be had. Refuses as `decompress` does.
 */
export async function decompressSnapshot(bytes: Bytes, maxSize: number): Promise<Bytes> {
  if (contentSizeOf(bytes, maxSize) < LARGE_BYTES) return decompress(bytes, maxSize);
  try {
    return (await loadDecompressor())(bytes, maxSize);
  } catch (thrown) {
    if (thrown instanceof ThetaError) throw thrown;
    return decompress(bytes, maxSize);
  }
}

type Zstd = typeof import('@bokuweb/zstd-wasm');
let loading: Promise<Zstd> | undefined;

/** The module finds its WebAssembly itself: beside it in Node and Deno, by a URL in a browser. */
export function loadZstd(): Promise<Zstd> {
  loading ??= import('@bokuweb/zstd-wasm').then(async (zstd) => {
    await zstd.init();
    return zstd;
  });
  // A failed download may be tried again.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

function ownBytes(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

function guarded(inflating: () => Bytes): Bytes {
  try {
    return inflating();
  } catch (thrown) {
    const message = `The frame cannot be decompressed: ${messageOf(thrown)}.`;
    throw new ThetaError<CompressionCode>('corrupt', message, { cause: thrown });
  }
}
