import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOB_CONTRACT } from './blob-contract.ts';
import { FileBlobs } from './file-blobs.ts';
import { MemoryBlobs } from './memory-blobs.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-blobs-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('MemoryBlobs keeps the contract of blobs', () => {
  for (const { name, run } of BLOB_CONTRACT) it(name, () => run(new MemoryBlobs()));
});

describe('FileBlobs keeps the contract of blobs', () => {
  for (const { name, run } of BLOB_CONTRACT)
    it(name, async () => run(new FileBlobs(await mkdtemp(join(folder, 'case-')))));

  it('D2: resumes an upload after a restart', async () => {
    const data = await mkdtemp(join(folder, 'restart-'));
    const hash = 'ab'.repeat(32);
    const key = { sessionId: 's', author: '01'.repeat(32), hash };
    await new FileBlobs(data).appendUpload(key, 0, new Uint8Array(10));
    expect(await new FileBlobs(data).uploadOffset(key)).toBe(10);
  });

  it('keeps content at blobs/<two digits>/<the rest>, and no temporary files', async () => {
    const data = await mkdtemp(join(folder, 'layout-'));
    const hash = await new FileBlobs(data).put(new Uint8Array([1, 2, 3]));
    expect(await readdir(join(data, 'blobs', hash.slice(0, 2)))).toEqual([hash.slice(2)]);
    expect(await readdir(join(data, 'uploads', '.server'))).toEqual([]);
  });
});
