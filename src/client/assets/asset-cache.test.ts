import { beforeEach, describe, expect, it } from 'vitest';
import { encode } from '../../protocol/codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { silentLogger } from '../../shared/logger.ts';
import { seededRandom } from '../../shared/random.ts';
import { deferred } from '../../transport/deferred.ts';
import { pngHeader } from '../import/testing/images.ts';
import { AssetCache, type AssetCacheOptions } from './asset-cache.ts';
import { decodeImage } from './decode-image.ts';
import { RecentBytes } from './recent-bytes.ts';
import { StoredAssets } from './stored-assets.ts';
import { BlobServer, refusal, sha256 } from './testing/blob-server.ts';
import { MemoryCaches } from './testing/memory-caches.ts';
import { SteppingClock } from './testing/stepping-clock.ts';

const GEOMETRY: Bytes = encode('Geometry', {
  submeshes: [
    { positions: [0, 0, 0, 1, 0, 0, 0, 1, 0] },
    { positions: [0, 0, 0, 2, 0, 0, 0, 2, 0], indices: [0, 1, 2] },
  ],
});
const DIGEST = sha256(GEOMETRY);
const BITMAP = { width: 4, height: 4 } as ImageBitmap;

let server: BlobServer;
let clock: SteppingClock;
let caches: MemoryCaches;

const newCache = (
  memoryBytes?: number,
  access: Pick<AssetCacheOptions, 'token' | 'rejoined'> = { token: () => 'token' },
): AssetCache =>
  new AssetCache({
    ...access,
    fetch: server.fetch,
    caches: caches as unknown as CacheStorage,
    decodeImage: async () => BITMAP,
    clock,
    random: seededRandom(6),
    ...(memoryBytes !== undefined && { memoryBytes }),
  });

beforeEach(() => {
  server = new BlobServer();
  clock = new SteppingClock();
  caches = new MemoryCaches();
  server.blobs.set(DIGEST, GEOMETRY);
});

describe('AssetCache', () => {
  it('gives one submesh, without properties for what it lacks', async () => {
    const cache = newCache();
    expect(await cache.geometry(DIGEST, 0)).toEqual({
      positions: new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]),
    });
    expect((await cache.geometry(DIGEST, 1)).indices).toEqual(new Uint32Array([0, 1, 2]));
  });

  it('fetches once what is asked for many times at once', async () => {
    const cache = newCache();
    await Promise.all(Array.from({ length: 50 }, (_, i) => cache.geometry(DIGEST, i % 2)));
    expect(server.seen).toHaveLength(1);
    await cache.geometry(DIGEST, 0);
    expect(server.seen).toHaveLength(1);
    expect(cache.stats).toMatchObject({ downloads: 1, memoryHits: 1, failures: 0 });
  });

  it('has at once what this page imported itself', async () => {
    server.blobs.clear();
    const cache = newCache();
    cache.put(DIGEST, GEOMETRY);
    expect((await cache.geometry(DIGEST, 0)).positions).toHaveLength(9);
    expect(server.seen).toEqual([]);
  });

  it('needs no network after a reload', async () => {
    await newCache().geometry(DIGEST, 0);
    await expect.poll(() => caches.entries.size).toBe(1);
    const later = newCache();
    await later.geometry(DIGEST, 0);
    expect(server.seen).toHaveLength(1);
    expect(later.stats).toMatchObject({ storedHits: 1, downloads: 0 });
  });

  it('replaces what was damaged in the store', async () => {
    caches.entries.set(`/blobs/${DIGEST}`, new Uint8Array(40));
    await newCache().geometry(DIGEST, 0);
    expect(server.seen).toHaveLength(1);
    await expect.poll(() => caches.entries.get(`/blobs/${DIGEST}`)).toEqual(GEOMETRY);
  });

  it('does without a store that fails', async () => {
    caches.failing = true;
    expect((await newCache().geometry(DIGEST, 0)).positions).toHaveLength(9);
  });

  it('keeps no more than so many entries in the store', async () => {
    for (let i = 0; i < 600; i++) caches.entries.set(`/blobs/${i}`, new Uint8Array());
    const stored = new StoredAssets(caches as unknown as CacheStorage, silentLogger);
    await stored.put(DIGEST, GEOMETRY);
    expect(caches.entries.size).toBe(512);
    expect([...caches.entries.keys()].at(-1)).toBe(`/blobs/${DIGEST}`);
  });

  it('S5: takes nothing that is not what its digest says, and asks past the caches again', async () => {
    server.faults.push(() => new Response(new Uint8Array(40)));
    const cache = newCache();
    await cache.geometry(DIGEST, 0);
    expect(server.seen.map((request) => request.cache)).toEqual(['default', 'reload']);
    expect(cache.stats).toMatchObject({ failedTries: 1, failures: 0 });
  });

  it('gives up on what keeps arriving damaged', async () => {
    for (let i = 0; i < 9; i++) server.faults.push(() => new Response(new Uint8Array(40)));
    const cache = newCache();
    await expect(cache.geometry(DIGEST, 0)).rejects.toMatchObject({ code: 'corrupt' });
    expect(server.seen).toHaveLength(5);
    expect(clock.waits).toHaveLength(4);
    expect(cache.stats).toMatchObject({ failedTries: 5, failures: 1 });
  });

  it('does not ask again for what the server does not have, until it is wanted again', async () => {
    server.blobs.clear();
    const cache = newCache();
    await expect(cache.geometry(DIGEST, 0)).rejects.toMatchObject({ code: 'missing' });
    expect(server.seen).toHaveLength(1);
    server.blobs.set(DIGEST, GEOMETRY);
    expect((await cache.geometry(DIGEST, 0)).positions).toHaveLength(9);
  });

  it('S5: refuses content that is no geometry, and a submesh that is not there', async () => {
    const wrong = new TextEncoder().encode('not a geometry at all');
    server.blobs.set(sha256(wrong), wrong);
    const cache = newCache();
    await expect(cache.geometry(sha256(wrong), 0)).rejects.toMatchObject({ code: 'invalid' });
    await expect(cache.geometry(DIGEST, 2)).rejects.toThrow('Geometry 2 is asked for');
    expect(cache.stats.failures).toBe(2);
  });

  it('S5: refuses a geometry whose triangles name vertices that it does not have', async () => {
    const wrong = encode('Geometry', { submeshes: [{ positions: [0, 0, 0], indices: [0, 1, 0] }] });
    const cache = newCache();
    cache.put(sha256(wrong), wrong);
    await expect(cache.geometry(sha256(wrong), 0)).rejects.toThrow('names vertex 1');
  });

  it('S4: asks with the token of the connection that it has by then', async () => {
    const tokens = ['first', 'second'];
    const cache = newCache(undefined, { token: () => tokens[server.seen.length] ?? 'second' });
    server.faults.push(() => refusal(401, 'Join the session to read its content.'));
    await cache.bytes(DIGEST);
    expect(server.seen.map(({ token }) => token)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('T4: shows what is asked for before one has joined, once one has', async () => {
    let token = '';
    const joining = deferred();
    const cache = newCache(undefined, {
      token: () => token,
      rejoined: () => joining.promise.then(() => true),
    });
    const geometry = cache.geometry(DIGEST, 0);
    await expect(cache.bytes(DIGEST)).rejects.toMatchObject({ code: 'unreachable' });
    expect(server.seen).toEqual([]);
    token = 'token';
    joining.resolve();
    expect((await geometry).positions).toHaveLength(9);
  });

  it('waits for no connection once it is disposed of', async () => {
    const never = new Promise<boolean>(() => undefined);
    const cache = newCache(undefined, { token: () => '', rejoined: () => never });
    const texture = cache.texture(DIGEST);
    cache.dispose();
    await expect(texture).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('decodes images anew for each that asks, from bytes in memory', async () => {
    const image = pngHeader(4, 4);
    server.blobs.set(sha256(image), image);
    const cache = newCache();
    expect(await cache.texture(sha256(image))).toBe(BITMAP);
    await cache.texture(sha256(image));
    expect(server.seen).toHaveLength(1);
  });

  it('ends what is under way when it is disposed of', async () => {
    const cache = newCache();
    server.faults.push(() => {
      cache.dispose();
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await expect(cache.geometry(DIGEST, 0)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('decodeImage', () => {
  it('S3: looks at the header before it decodes', async () => {
    await expect(decodeImage(pngHeader(9000, 10))).rejects.toMatchObject({ code: 'too_large' });
    await expect(decodeImage(GEOMETRY)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('RecentBytes', () => {
  it('lets go of what was not asked for longest, within its budget', () => {
    const recent = new RecentBytes(100);
    recent.put('a', new Uint8Array(40));
    recent.put('b', new Uint8Array(40));
    recent.get('a');
    recent.put('c', new Uint8Array(40));
    expect(['a', 'b', 'c'].map((digest) => recent.get(digest)?.length)).toEqual([
      40,
      undefined,
      40,
    ]);
    expect(recent.size).toBe(80);
    recent.put('a', new Uint8Array(10));
    expect(recent.size).toBe(50);
    recent.put('huge', new Uint8Array(101));
    expect(recent.get('huge')).toBeUndefined();
    expect(recent.size).toBe(50);
  });
});
