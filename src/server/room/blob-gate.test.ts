import { expect, it } from 'vitest';
import type { BlobUse } from '../../commands/definition.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { MAX_IMAGE_SIDE } from '../../shared/image-header.ts';
import { MemoryBlobs } from '../storage/memory-blobs.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { BlobGate } from './blob-gate.ts';

const SESSION = 'session';
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** The first chunk of a PNG of this size; the pixels that it promises are not there. */
function png(width: number, height: number): Bytes {
  const size = new Uint8Array(8);
  const view = new DataView(size.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return concatBytes(signature, Uint8Array.of(0, 0, 0, 13), utf8('IHDR'), size, new Uint8Array(9));
}

/** What the gate says of content that was brought to the session. */
async function judged(content: Bytes, kind: BlobUse['kind']): Promise<Reason> {
  const [storage, blobs] = [new MemoryStorage(), new MemoryBlobs()];
  const key = new Uint8Array(32);
  const times = { createdAt: 0, lastActiveAt: 0 };
  const session = { id: SESSION, publicKey: key, privateKey: key, epoch: 1, genesis: key };
  await storage.createSession({ ...session, ...times }, []);
  const digest = await blobs.put(content);
  await storage.grantBlob({
    sessionId: SESSION,
    hash: digest,
    size: content.length,
    author: '0'.repeat(64),
    at: 0,
  });
  const problemOf = await new BlobGate(storage, blobs, SESSION).check([{ digest, kind }]);
  return problemOf(digest);
}

it.each<[string, Bytes, Reason]>([
  ['an image of a usual size', png(1024, 512), Reason.none],
  ['one that is as large as may be', png(MAX_IMAGE_SIDE, 1), Reason.none],
  [
    'one that is larger, and would fill a memory',
    png(MAX_IMAGE_SIDE + 1, 65_535),
    Reason.blobInvalid,
  ],
  ['one of no size', png(0, 8), Reason.blobInvalid],
  ['the signature of an image alone', png(8, 8).slice(0, 12), Reason.blobInvalid],
  [
    'a drawing that can run scripts',
    utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    Reason.blobInvalid,
  ],
  ['a page', utf8('<!doctype html><script>alert(1)</script>'), Reason.blobInvalid],
])('S6: as a texture, %s', async (_, content, reason) => {
  expect(await judged(content, 'texture')).toBe(reason);
});

it('D5: a texture is no geometry', async () => {
  expect(await judged(png(8, 8), 'geometry')).toBe(Reason.blobInvalid);
});
