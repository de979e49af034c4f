import { createHash } from 'node:crypto';
import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import {
  assertBlobHash,
  assertSessionName,
  assertUploadKey,
  type BlobStore,
  mismatch,
  offsetRefusal,
  type UploadKey,
} from './blob-store.ts';

interface Upload {
  readonly key: UploadKey;
  content: Bytes;
  touchedAt: number;
}

const nameOf = (key: UploadKey): string => `${key.sessionId}/${key.author}/${key.hash}`;

/** Blobs that end with the process: for tests and simulations. */
export class MemoryBlobs implements BlobStore {
  readonly #clock: Clock;
  readonly #blobs = new Map<string, Bytes>();
  readonly #uploads = new Map<string, Upload>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** How many there are. */
  get count(): number {
    return this.#blobs.size;
  }

  async size(hash: string): Promise<number | undefined> {
    assertBlobHash(hash);
    return this.#blobs.get(hash)?.length;
  }

  async read(hash: string): Promise<Bytes | undefined> {
    assertBlobHash(hash);
    return this.#blobs.get(hash)?.slice();
  }

  async open(hash: string): Promise<ReadableStream<Bytes> | undefined> {
    const content = await this.read(hash);
    return content && (new Response(content).body ?? undefined);
  }

  async put(content: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(content).digest('hex');
    this.#blobs.set(hash, new Uint8Array(content));
    return hash;
  }

  async uploadOffset(key: UploadKey): Promise<number> {
    assertUploadKey(key);
    return this.#uploads.get(nameOf(key))?.content.length ?? 0;
  }

  async appendUpload(key: UploadKey, offset: number, chunk: Uint8Array): Promise<number> {
    const expected = await this.uploadOffset(key);
    if (offset !== expected) throw offsetRefusal(expected, offset);
    const before = this.#uploads.get(nameOf(key))?.content ?? new Uint8Array();
    const content = concatBytes(before, chunk);
    this.#uploads.set(nameOf(key), { key, content, touchedAt: this.#clock.wallTime() });
    return content.length;
  }

  async finishUpload(key: UploadKey): Promise<void> {
    assertUploadKey(key);
    const content = this.#uploads.get(nameOf(key))?.content ?? new Uint8Array();
    this.#uploads.delete(nameOf(key));
    const hash = createHash('sha256').update(content).digest('hex');
    if (hash !== key.hash) throw mismatch(key.hash);
    this.#blobs.set(hash, content);
  }

  async dropUpload(key: UploadKey): Promise<void> {
    assertUploadKey(key);
    this.#uploads.delete(nameOf(key));
  }

  async pendingBytes(sessionId: string): Promise<number> {
    assertSessionName(sessionId);
    return [...this.#uploads.values()]
      .filter((upload) => upload.key.sessionId === sessionId)
      .reduce((sum, upload) => sum + upload.content.length, 0);
  }

  async sweepUploads(before: number): Promise<number> {
    const stale = [...this.#uploads].filter(([, upload]) => upload.touchedAt < before);
    for (const [name] of stale) this.#uploads.delete(name);
    return stale.length;
  }
}
