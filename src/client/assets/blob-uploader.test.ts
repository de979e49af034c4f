import { beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/random.ts';
import { HttpBlobUploader } from './blob-uploader.ts';
import { BlobServer, refusal, sha256 } from './testing/blob-server.ts';
import { SteppingClock } from './testing/stepping-clock.ts';

const CONTENT = Uint8Array.from({ length: 1000 }, (_, i) => i % 253);
const DIGEST = sha256(CONTENT);

let server: BlobServer;
let clock: SteppingClock;
let uploader: HttpBlobUploader;

beforeEach(() => {
  server = new BlobServer();
  clock = new SteppingClock();
  uploader = new HttpBlobUploader({
    sessionId: 'abc',
    uploadToken: () => `token-${server.seen.length}`,
    fetch: server.fetch,
    clock,
    random: seededRandom(5),
    chunkBytes: 300,
  });
});

const ranges = () => server.seen.flatMap(({ range }) => range ?? []);
const broken = () => Promise.reject(new TypeError('the network is gone'));

describe('HttpBlobUploader', () => {
  it('brings content in chunks, with the token of each moment', async () => {
    const told: number[] = [];
    await uploader.upload(CONTENT, DIGEST, { onProgress: (sent) => told.push(sent) });
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
    expect(ranges()).toEqual([
      'bytes 0-299/1000',
      'bytes 300-599/1000',
      'bytes 600-899/1000',
      'bytes 900-999/1000',
    ]);
    expect(told).toEqual([300, 600, 900, 1000]);
    expect(server.seen.map(({ token }) => token)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `Bearer token-${n - 1}`),
    );
    expect(clock.waits).toEqual([]);
  });

  it('brings nothing that the server has already', async () => {
    server.blobs.set(DIGEST, CONTENT);
    const told: number[] = [];
    await uploader.upload(CONTENT, DIGEST, { onProgress: (sent) => told.push(sent) });
    expect(server.seen.map(({ method }) => method)).toEqual(['HEAD']);
    expect(told).toEqual([1000]);
  });

  it('D2: goes on where an earlier page had got to', async () => {
    server.setPartial(DIGEST, CONTENT.slice(0, 450));
    await uploader.upload(CONTENT, DIGEST);
    expect(ranges()).toEqual(['bytes 450-749/1000', 'bytes 750-999/1000']);
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
  });

  it('asks again after a break, and resumes from what had arrived', async () => {
    server.faults.push(undefined, undefined, broken);
    await uploader.upload(CONTENT, DIGEST);
    expect(server.seen.map(({ method }) => method)).toEqual([
      ...['HEAD', 'PUT', 'PUT'],
      ...['HEAD', 'PUT', 'PUT', 'PUT'],
    ]);
    expect(clock.waits).toHaveLength(1);
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
  });

  it('waits ever longer, and gives up after five tries that bring nothing', async () => {
    for (let i = 0; i < 9; i++) server.faults.push(broken);
    const uploading = uploader.upload(CONTENT, DIGEST);
    await expect(uploading).rejects.toMatchObject({
      code: 'unreachable',
      message: 'The server does not answer (the network is gone).',
    });
    expect(server.seen).toHaveLength(5);
    for (const [i, wait] of clock.waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(125 * 2 ** i);
      expect(wait).toBeLessThanOrEqual(250 * 2 ** i);
    }
    expect(clock.waits).toHaveLength(4);
  });

  it('T4: waits for a server that has gone, and goes on with the token of the next', async () => {
    let token = 'old';
    let joined: (changed: boolean) => void = () => undefined;
    const waiting: string[] = [];
    uploader = new HttpBlobUploader({
      sessionId: 'abc',
      uploadToken: () => token,
      fetch: (url, init) =>
        token === 'old'
          ? Promise.resolve(refusal(403, 'This token does not let you upload here.'))
          : server.fetch(url, init),
      clock,
      random: seededRandom(5),
      rejoined: (used) => {
        waiting.push(used);
        return new Promise((resolve) => {
          joined = resolve;
        });
      },
    });
    const uploading = uploader.upload(CONTENT, DIGEST);
    await expect.poll(() => waiting).toEqual(['old']);
    token = 'new';
    joined(true);
    await uploading;
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
    expect(clock.waits).toEqual([]);
  });

  it('outlives any number of breaks as long as each time some of it arrives', async () => {
    for (let i = 0; i < 4; i++) server.faults.push(undefined, undefined, broken);
    const small = new HttpBlobUploader({
      sessionId: 'abc',
      uploadToken: () => 'token',
      fetch: server.fetch,
      clock,
      chunkBytes: 150,
      backoff: { attempts: 2, firstMs: 1, longestMs: 1 },
    });
    await small.upload(CONTENT, DIGEST);
    expect(clock.waits).toHaveLength(4);
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
  });

  it('starts anew where all bytes are there and yet it is not complete', async () => {
    server.setPartial(DIGEST, new Uint8Array(1000));
    await uploader.upload(CONTENT, DIGEST);
    expect(ranges()[0]).toBe('bytes 0-299/1000');
    expect(server.blobs.get(DIGEST)).toEqual(CONTENT);
  });

  it('brings damaged content once more from the start', async () => {
    server.setPartial(DIGEST, new Uint8Array(900).fill(9));
    await uploader.upload(CONTENT, DIGEST);
    expect(ranges()).toEqual([
      'bytes 900-999/1000',
      'bytes 0-299/1000',
      'bytes 300-599/1000',
      'bytes 600-899/1000',
      'bytes 900-999/1000',
    ]);
  });

  it.each([
    [403, 'refused'],
    [401, 'refused'],
    [413, 'too_large'],
  ])('gives up at once on %i, in the words of the server', async (status, code) => {
    server.faults.push(undefined, () => refusal(status, 'Viewers cannot bring content.'));
    const uploading = uploader.upload(CONTENT, DIGEST);
    await expect(uploading).rejects.toMatchObject({
      code,
      message: 'Viewers cannot bring content.',
    });
    expect(clock.waits).toEqual([]);
  });

  it('ends at once when it is aborted between requests', async () => {
    const abort = new AbortController();
    const uploading = uploader.upload(CONTENT, DIGEST, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(uploading).rejects.toMatchObject({ code: 'cancelled' });
    expect(ranges()).toHaveLength(1);
  });

  it('ends at once when it is aborted while it waits', async () => {
    const abort = new AbortController();
    server.faults.push(() => {
      queueMicrotask(() => abort.abort());
      return refusal(503, 'Later.');
    });
    const uploading = uploader.upload(CONTENT, DIGEST, { signal: abort.signal });
    await expect(uploading).rejects.toMatchObject({ code: 'cancelled' });
    expect(server.seen).toHaveLength(1);
  });
});
