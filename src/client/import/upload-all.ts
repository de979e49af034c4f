import type { Bytes } from '../../shared/bytes.ts';
import type { BlobUploader } from '../assets/blob-uploader.ts';

/** Content that an import brings, by its digest. */
export interface Upload {
  readonly bytes: Bytes;
  readonly digest: string;
}

export interface UploadAllOptions {
  readonly uploader: BlobUploader;
  readonly signal?: AbortSignal;
  /** 0…1 of the bytes to upload. */
  readonly onProgress?: (fraction: number) => void;
}

/** Uploads at a time: enough to hide the round trips of many small textures. */
const UPLOADS_AT_ONCE = 4;

/** Uploads a few at a time; the first failure ends the others. */
export async function uploadAll(
  blobs: readonly Upload[],
  { uploader, signal, onProgress }: UploadAllOptions,
): Promise<void> {
  const failing = new AbortController();
  const either = signal ? AbortSignal.any([signal, failing.signal]) : failing.signal;
  const total = blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const sent = new Map<string, number>();
  const waiting = [...blobs];
  const work = async () => {
    for (let blob = waiting.shift(); blob !== undefined; blob = waiting.shift()) {
      const { bytes, digest } = blob;
      const tell = (bytesSent: number) => {
        sent.set(digest, bytesSent);
        onProgress?.(sum(sent.values()) / total);
      };
      await uploader.upload(bytes, digest, { signal: either, onProgress: tell });
    }
  };
  try {
    await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
  } finally {
    failing.abort();
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
