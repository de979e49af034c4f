import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import type { BlobStore, UploadKey } from './blob-store.ts';

/** One rule that every blob store keeps. */
export interface BlobContractCase {
  readonly name: string;
  run(blobs: BlobStore): Promise<void>;
}

const content: Bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) & 255);
const hash = createHash('sha256').update(content).digest('hex');
const key: UploadKey = { sessionId: 'sess_-1', author: 'a1'.repeat(32), hash };
const half = content.length / 2;

const refusedWith =
  (code: string) =>
  (thrown: unknown): boolean =>
    thrown instanceof Error && 'code' in thrown && thrown.code === code;

async function drain(stream: ReadableStream<Bytes> | undefined): Promise<Bytes> {
  const chunks: Bytes[] = [];
  for await (const chunk of stream ?? []) chunks.push(new Uint8Array(chunk));
  return concatBytes(...chunks);
}

export const BLOB_CONTRACT: readonly BlobContractCase[] = [
  {
    name: 'has nothing that nobody brought',
    async run(blobs) {
      assert.equal(await blobs.size(hash), undefined);
      assert.equal(await blobs.read(hash), undefined);
      assert.equal(await blobs.open(hash), undefined);
      assert.equal(await blobs.uploadOffset(key), 0);
    },
  },
  {
    name: 'D5: shows an upload only once it is whole and checked',
    async run(blobs) {
      assert.equal(await blobs.appendUpload(key, 0, content.slice(0, half)), half);
      assert.equal(await blobs.size(hash), undefined);
      assert.equal(await blobs.uploadOffset(key), half);
      assert.equal(await blobs.pendingBytes(key.sessionId), half);
      assert.equal(await blobs.appendUpload(key, half, content.slice(half)), content.length);
      await blobs.finishUpload(key);
      assert.equal(await blobs.size(hash), content.length);
      assert.deepEqual(await blobs.read(hash), content);
      assert.deepEqual(await drain(await blobs.open(hash)), content);
      assert.equal(await blobs.pendingBytes(key.sessionId), 0);
    },
  },
  {
    name: 'refuses a chunk at any other offset, and keeps what there is',
    async run(blobs) {
      await blobs.appendUpload(key, 0, content.slice(0, half));
      for (const offset of [0, half - 1, half + 1])
        await assert.rejects(
          blobs.appendUpload(key, offset, content.slice(half)),
          refusedWith('upload-offset'),
        );
      assert.equal(await blobs.uploadOffset(key), half);
    },
  },
  {
    name: 'S5: drops content that is not what its name says',
    async run(blobs) {
      await blobs.appendUpload(key, 0, content.slice(0, half));
      await assert.rejects(blobs.finishUpload(key), refusedWith('hash-mismatch'));
      assert.equal(await blobs.size(hash), undefined);
      assert.equal(await blobs.uploadOffset(key), 0);
    },
  },
  {
    name: "one author's upload is no part of another's",
    async run(blobs) {
      const other = { ...key, author: 'b0'.repeat(32) };
      await blobs.appendUpload(key, 0, new Uint8Array(3));
      assert.equal(await blobs.uploadOffset(other), 0);
      await blobs.appendUpload(other, 0, content);
      await blobs.finishUpload(other);
      assert.deepEqual(await blobs.read(hash), content);
    },
  },
  {
    name: 'the same content may be brought twice, and empty content too',
    async run(blobs) {
      assert.equal(await blobs.put(content), hash);
      await blobs.appendUpload(key, 0, content);
      await blobs.finishUpload(key);
      assert.deepEqual(await blobs.read(hash), content);
      const empty = createHash('sha256').digest('hex');
      await blobs.finishUpload({ ...key, hash: empty });
      assert.equal(await blobs.size(empty), 0);
    },
  },
  {
    name: 'forgets uploads that were dropped or left alone',
    async run(blobs) {
      await blobs.appendUpload(key, 0, content);
      await blobs.dropUpload(key);
      assert.equal(await blobs.uploadOffset(key), 0);
      await blobs.appendUpload(key, 0, content);
      assert.equal(await blobs.sweepUploads(Date.now() - 60_000), 0);
      assert.equal(await blobs.sweepUploads(Date.now() + 60_000), 1);
      assert.equal(await blobs.uploadOffset(key), 0);
    },
  },
  {
    name: 'S6: takes no name that could lead out of its folder',
    async run(blobs) {
      const names = ['', '..', `../${hash.slice(3)}`, hash.toUpperCase(), `${hash}/`];
      for (const name of names) {
        await assert.rejects(blobs.read(name), refusedWith('bad-name'));
        await assert.rejects(blobs.uploadOffset({ ...key, hash: name }), refusedWith('bad-name'));
        await assert.rejects(blobs.uploadOffset({ ...key, author: name }), refusedWith('bad-name'));
      }
      for (const sessionId of ['', '..', 'a/b', '.'])
        await assert.rejects(blobs.uploadOffset({ ...key, sessionId }), refusedWith('bad-name'));
    },
  },
];
