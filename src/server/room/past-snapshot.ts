import { sha256 } from '@noble/hashes/sha2.js';
import { encode } from '../../protocol/codec.ts';
import { type Bytes, fromHex } from '../../shared/bytes.ts';
import type { SessionStorage } from '../storage/storage.ts';
import type { Room } from './room.ts';
import { storedSnapshot } from './snapshots.ts';

export interface PastSnapshotWish {
  /** The last record that it may cover. */
  readonly atMostIndex: number;
  /** T3: whether it may be compressed. */
  readonly zstd: boolean;
}

/** D4: the newest stored snapshot that covers no more than a record, signed as a `PastSnapshot`. */
export async function signedPastSnapshot(
  room: Room,
  storage: SessionStorage,
  { atMostIndex, zstd }: PastSnapshotWish,
): Promise<Bytes | undefined> {
  const { id, epoch } = room.session;
  const marks = await storage.listSnapshots(id);
  const mark = marks.findLast(({ logIndex, size }) => logIndex <= atMostIndex && size > 0);
  const stored = mark && (await storage.latestSnapshot(id, mark.seq));
  if (stored === undefined) return undefined;
  const bytes = zstd ? stored.bytes : storedSnapshot(stored);
  const header = encode('SnapshotHeader', {
    session: room.sessionId,
    epoch,
    seq: stored.seq,
    index: stored.logIndex,
    head: stored.head,
    worldHash: fromHex(stored.worldHash) as Bytes,
    compressedSize: bytes.length,
    size: stored.size,
    compressed: new Uint8Array(sha256(bytes)),
    plain: !zstd,
  });
  const signature = await room.signer.sign('theta snapshot 1', header);
  return encode('PastSnapshot', { header, signature, bytes });
}
