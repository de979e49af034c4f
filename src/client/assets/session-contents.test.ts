import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClippedAsset } from '../../editor/clipboard/clip.ts';
import { encode } from '../../protocol/codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { silentLogger } from '../../shared/logger.ts';
import { pngHeader } from '../import/testing/images.ts';
import { AssetCache } from './asset-cache.ts';
import { HttpBlobUploader } from './blob-uploader.ts';
import { sessionContents } from './session-contents.ts';
import { BlobServer, sha256 } from './testing/blob-server.ts';
import { MemoryCaches } from './testing/memory-caches.ts';

const GEOMETRY: Bytes = encode('Geometry', {
  submeshes: [{ positions: [0, 0, 0, 1, 0, 0, 0, 1, 0] }],
});
const IMAGE = pngHeader(4, 4);
const MODEL = assetOf(GEOMETRY, 'geometry', 'Chair');
const MAP = assetOf(IMAGE, 'texture', 'Oak');
const DIGESTS = [MODEL.digest, MAP.digest];

function assetOf(bytes: Bytes, kind: 'geometry' | 'texture', name: string): ClippedAsset {
  return { digest: sha256(bytes), kind, name, mediaType: 'a/b', size: bytes.length };
}

/** What all tabs of a browser share. */
let caches: MemoryCaches;
let offers: Map<string, string>;

beforeEach(() => {
  caches = new MemoryCaches();
  offers = new Map();
});

/** A tab of that browser in a session of its own. */
function tab() {
  const server = new BlobServer();
  const assets = new AssetCache({
    token: () => 'token',
    fetch: server.fetch,
    caches: caches as unknown as CacheStorage,
  });
  const uploader = new HttpBlobUploader({
    sessionId: 's',
    uploadToken: () => 'token',
    fetch: server.fetch,
  });
  const contents = sessionContents({
    assets,
    uploader,
    offers: {
      getItem: (key) => offers.get(key) ?? null,
      setItem: (key, value) => void offers.set(key, value),
    },
    logger: silentLogger,
  });
  const abort = new AbortController();
  const told: number[] = [];
  const bring = (wanted: readonly ClippedAsset[] = [MODEL, MAP]) =>
    contents.bring(wanted, { signal: abort.signal, onProgress: (each) => told.push(each) });
  return { server, assets, contents, bring, abort, told };
}

/** A tab that has this content in its session and has it copied. */
async function copied() {
  const here = tab();
  here.server.blobs.set(MODEL.digest, GEOMETRY);
  here.server.blobs.set(MAP.digest, IMAGE);
  here.contents.offer(DIGESTS);
  await vi.waitFor(() => expect(caches.entries.size).toBe(2));
  return here;
}

describe('content of another session of this browser', () => {
  it('is brought to the server, which has it then, and to the page', async () => {
    await copied();
    const there = tab();
    expect(await there.bring()).toEqual([]);
    expect([...there.server.blobs.keys()].sort()).toEqual(DIGESTS.toSorted());
    expect(there.told.at(-1)).toBe(1);
    const requests = there.server.seen.length;
    expect(await there.assets.bytes(MODEL.digest)).toEqual(GEOMETRY);
    expect(there.server.seen, 'it is at hand').toHaveLength(requests);
  });

  it('is sent only where the server lacks it', async () => {
    await copied();
    const there = tab();
    there.server.blobs.set(MODEL.digest, GEOMETRY);
    await there.bring();
    expect(there.server.seen.map(({ method }) => method).sort()).toEqual(['HEAD', 'HEAD', 'PUT']);
  });

  it('is kept in the browser when it is copied, though this page has only downloaded it', async () => {
    const here = await copied();
    expect(here.server.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect(await tab().assets.held(MODEL.digest)).toEqual(GEOMETRY);
  });

  it('that is not in the browser is named, and nothing is sent', async () => {
    await copied();
    caches.entries.delete(`/blobs/${MAP.digest}`);
    const there = tab();
    expect(await there.bring()).toEqual([MAP.digest]);
    expect(there.server.seen).toEqual([]);
  });

  it('that is damaged in the browser is as if it were not there', async () => {
    await copied();
    caches.entries.set(`/blobs/${MODEL.digest}`, IMAGE);
    expect(await tab().bring()).toEqual([MODEL.digest]);
  });

  it('S4: goes nowhere unless it was copied in this browser, whatever a clip says', async () => {
    await copied();
    const there = tab();
    const secret = encode('Geometry', { submeshes: [{ positions: [1, 0, 0, 2, 0, 0, 0, 1, 0] }] });
    const asset = assetOf(secret, 'geometry', 'Secret');
    caches.entries.set(`/blobs/${asset.digest}`, secret);
    expect(await there.bring([MODEL, asset])).toEqual([asset.digest]);
    // Copying something else withdraws what was copied before.
    tab().contents.offer([asset.digest]);
    expect(await there.bring([MODEL])).toEqual([MODEL.digest]);
    for (const value of ['{', '3', 'null', '{}']) {
      for (const key of offers.keys()) offers.set(key, value);
      expect(await there.bring([MODEL])).toEqual([MODEL.digest]);
    }
    expect(there.server.seen).toEqual([]);
  });

  it.each<[string, ClippedAsset, RegExp]>([
    ['another size', { ...MODEL, size: 1 }, /Chair is not as large as it says/],
    ['an image that is a geometry', { ...MODEL, kind: 'texture' }, /Chair is no image/],
    ['a geometry that is an image', { ...MAP, kind: 'geometry' }, /geometry cannot be used/],
  ])('S5: with %s is refused before anything is sent', async (_, asset, words) => {
    await copied();
    const there = tab();
    await expect(there.bring([asset])).rejects.toThrow(words);
    expect(there.server.seen).toEqual([]);
  });

  it('is left when it is cancelled', async () => {
    await copied();
    const there = tab();
    there.abort.abort();
    await expect(there.bring()).rejects.toMatchObject({ code: 'cancelled' });
    expect(there.server.blobs.size).toBe(0);
  });
});
