import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** An upload in progress. Two authors that bring the same content do not share one. */
export interface UploadKey {
  readonly sessionId: string;
  readonly author: string;
  /** SHA-256 that the content must turn out to have, 64 lower-case hexadecimal digits. */
  readonly hash: string;
}

export type BlobErrorCode =
  /** A chunk that does not start where the upload has got to. */
  | 'upload-offset'
  /** The content is not what its name says; the upload has been dropped. */
  | 'hash-mismatch'
  /** A name that is not 64 lower-case hexadecimal digits, or a session's id of strange letters. */
  | 'bad-name';

export class BlobError extends ThetaError<BlobErrorCode> {}

/**
 * Content by its SHA-256. What `size` and `read` show is whole, checked and on disk; an upload
 * becomes visible in one step when it is finished.
 */
export interface BlobStore {
  /** Bytes of the blob, or `undefined` when there is none. */
  size(hash: string): Promise<number | undefined>;
  /** The whole content; it belongs to the caller. */
  read(hash: string): Promise<Bytes | undefined>;
  /** The content in chunks, for sending on. */
  open(hash: string): Promise<ReadableStream<Bytes> | undefined>;
  /** Stores content that the server made, and gives its hash. */
  put(content: Uint8Array): Promise<string>;

  /** How many bytes of the upload have arrived. */
  uploadOffset(key: UploadKey): Promise<number>;
  /**
   * Adds a chunk at `offset`, and gives the new offset. Calls for one key must not overlap.
   * @throws BlobError `upload-offset`
   */
  appendUpload(key: UploadKey, offset: number, chunk: Uint8Array): Promise<number>;
  /**
   * Checks the content and makes it a blob. On a mismatch the upload is gone.
   * @throws BlobError `hash-mismatch`
   */
  finishUpload(key: UploadKey): Promise<void>;
  dropUpload(key: UploadKey): Promise<void>;
  /** Bytes of all unfinished uploads of a session. */
  pendingBytes(sessionId: string): Promise<number>;
  /** Drops unfinished uploads that nobody has added to since `before`, and gives their number. */
  sweepUploads(before: number): Promise<number>;
}

/** @throws BlobError `bad-name` */
export function assertBlobHash(hash: string): void {
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new BlobError('bad-name', 'A blob is named by 64 lower-case hexadecimal digits.');
}

/** Everything that becomes part of a path is checked, whoever checked it before. */
export function assertUploadKey(key: UploadKey): void {
  assertBlobHash(key.hash);
  if (!/^[0-9a-f]{64}$/.test(key.author)) throw new BlobError('bad-name', 'This is no author.');
  assertSessionName(key.sessionId);
}

/** @throws BlobError `bad-name` */
export function assertSessionName(sessionId: string): void {
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(sessionId))
    throw new BlobError('bad-name', 'This is no id of a session.');
}

export function offsetRefusal(expected: number, offset: number): BlobError {
  return new BlobError('upload-offset', `The upload is at byte ${expected}, not ${offset}.`);
}

export function mismatch(hash: string): BlobError {
  return new BlobError('hash-mismatch', `The content's SHA-256 is not ${hash}.`);
}
