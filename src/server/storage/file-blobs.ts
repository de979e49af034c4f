import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Bytes } from '../../shared/bytes.ts';
import {
  assertBlobHash,
  assertSessionName,
  assertUploadKey,
  type BlobStore,
  mismatch,
  offsetRefusal,
  type UploadKey,
} from './blob-store.ts';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * Blobs as files: `blobs/ab/cdef…` for content, `uploads/<session>/<hash>.<author>` for what is
 * still arriving, both under one folder so that a rename moves one to the other.
 */
export class FileBlobs implements BlobStore {
  readonly #blobs: string;
  readonly #uploads: string;

  /** @param folder the data folder; made when missing */
  constructor(folder: string) {
    this.#blobs = join(folder, 'blobs');
    this.#uploads = join(folder, 'uploads');
  }

  async size(hash: string): Promise<number | undefined> {
    return sizeOf(this.#blobPath(hash));
  }

  async read(hash: string): Promise<Bytes | undefined> {
    const path = this.#blobPath(hash);
    return ifPresent(async () => new Uint8Array(await readFile(path)));
  }

  async open(hash: string): Promise<ReadableStream<Bytes> | undefined> {
    const path = this.#blobPath(hash);
    if ((await sizeOf(path)) === undefined) return undefined;
    return Readable.toWeb(createReadStream(path)) as ReadableStream<Bytes>;
  }

  async put(content: Uint8Array): Promise<string> {
    const hash = createHash('sha256').update(content).digest('hex');
    const path = join(this.#uploads, '.server', randomUUID());
    await this.#write(path, content);
    await this.#publish(path, hash);
    return hash;
  }

  async uploadOffset(key: UploadKey): Promise<number> {
    return (await sizeOf(this.#uploadPath(key))) ?? 0;
  }

  async appendUpload(key: UploadKey, offset: number, chunk: Uint8Array): Promise<number> {
    const expected = await this.uploadOffset(key);
    if (offset !== expected) throw offsetRefusal(expected, offset);
    await this.#write(this.#uploadPath(key), chunk);
    return offset + chunk.length;
  }

  async finishUpload(key: UploadKey): Promise<void> {
    const path = this.#uploadPath(key);
    if ((await this.uploadOffset(key)) === 0) await this.#write(path, new Uint8Array());
    if ((await hashOf(path)) !== key.hash) {
      await rm(path, { force: true });
      throw mismatch(key.hash);
    }
    await this.#publish(path, key.hash);
  }

  async dropUpload(key: UploadKey): Promise<void> {
    await rm(this.#uploadPath(key), { force: true });
  }

  async pendingBytes(sessionId: string): Promise<number> {
    assertSessionName(sessionId);
    const sizes = (await filesIn(join(this.#uploads, sessionId))).map(sizeOf);
    return (await Promise.all(sizes)).reduce<number>((sum, size) => sum + (size ?? 0), 0);
  }

  async sweepUploads(before: number): Promise<number> {
    let swept = 0;
    for (const folder of await filesIn(this.#uploads))
      for (const path of await filesIn(folder)) {
        const touchedAt = await ifPresent(async () => (await stat(path)).mtimeMs);
        if (touchedAt === undefined || touchedAt >= before) continue;
        await rm(path, { force: true });
        swept++;
      }
    return swept;
  }

  /** D1: the content is on disk before its name is, and its name before this returns. */
  async #publish(from: string, hash: string): Promise<void> {
    const to = this.#blobPath(hash);
    await mkdir(dirname(to), { recursive: true, mode: OWNER_ONLY_FOLDER });
    await sync(from);
    await rename(from, to);
    await sync(dirname(to));
    await sync(this.#blobs);
  }

  async #write(path: string, content: Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    const file = await open(path, 'a', OWNER_ONLY_FILE);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
  }

  #blobPath(hash: string): string {
    assertBlobHash(hash);
    return join(this.#blobs, hash.slice(0, 2), hash.slice(2));
  }

  #uploadPath(key: UploadKey): string {
    assertUploadKey(key);
    return join(this.#uploads, key.sessionId, `${key.hash}.${key.author}`);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

function sizeOf(path: string): Promise<number | undefined> {
  return ifPresent(async () => (await stat(path)).size);
}

/** The paths in a folder; none when it is missing or no folder. */
async function filesIn(folder: string): Promise<string[]> {
  const names = await ifPresent(() => readdir(folder));
  return (names ?? []).map((name) => join(folder, name));
}

async function ifPresent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw thrown;
  }
}
