import { sha256 } from '@noble/hashes/sha2.js';
import { AssetError } from '../../src/client/assets/asset-error.ts';
import { encode } from '../../src/protocol/codec.ts';
import { type Bytes, toHex } from '../../src/shared/bytes.ts';
import { ThetaError } from '../../src/shared/errors.ts';
import type { Random } from '../../src/shared/random.ts';
import type { FaultCounts } from './faults.ts';
import type { SimPeer } from './sim-peer.ts';

/** A triangle somewhere. */
function goodGeometry(random: Random): Bytes {
  const positions = Float32Array.from({ length: 9 }, () => random.next() * 10);
  return encode('Geometry', { submeshes: [{ positions }] });
}

/** What no page makes: a corner that does not exist, bytes that are nothing, a file cut short. */
function badGeometry(random: Random): Bytes {
  const positions = Float32Array.from({ length: 9 }, () => random.next());
  switch (random.below(3)) {
    case 0:
      return encode('Geometry', {
        submeshes: [{ positions, indices: Uint32Array.of(0, 1, 7 + random.below(99)) }],
      });
    case 1:
      return Uint8Array.from({ length: 64 }, () => random.below(256));
    default:
      return goodGeometry(random).slice(0, 40);
  }
}

/**
 * Lets a peer bring a geometry and name it in the document, one in two of them bad. The upload takes
 * its time; what is not there any more when it is through does nothing.
 */
export function bringAsset(random: Random, peer: SimPeer, faults: FaultCounts): string {
  const { session } = peer;
  const bad = random.below(2) === 0;
  const bytes = bad ? badGeometry(random) : goodGeometry(random);
  if (bad) faults.count('bad blobs offered');
  const digest = toHex(sha256(bytes));
  const params = { digest, kind: 'geometry', size: bytes.length, name: 'Rock', mediaType: '' };
  const missing = random.below(8) === 0;
  peer.errands += 1;
  void (missing ? Promise.resolve() : peer.upload(bytes, digest))
    .then(() => {
      if (peer.session === session) void peer.does(session.pipeline.execute('asset.add', params));
    })
    .catch((thrown: unknown) => {
      // The line broke off too often, or the role has gone meanwhile: as on a page, nothing comes of it.
      if (thrown instanceof AssetError) return;
      if (!(thrown instanceof ThetaError && thrown.code === 'role')) throw thrown;
    })
    .finally(() => {
      peer.errands -= 1;
    });
  return `asset.add ${bad ? 'bad' : 'good'} ${missing ? 'and never brought ' : ''}${digest.slice(0, 8)}`;
}
