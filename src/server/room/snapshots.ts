import { sha256 } from '@noble/hashes/sha2.js';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { decode, encode } from '../../protocol/codec.ts';
import { decompress } from '../../protocol/compression.ts';
import { SNAPSHOT_CHUNK_BYTES } from '../../protocol/limits.ts';
import { writeSnapshot } from '../../replication/snapshot.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { fromHex } from '../../shared/bytes.ts';
import type { LogRecord, SessionStorage, SnapshotRecord } from '../storage/storage.ts';
import { hasBlob, recordsAfter } from './log-tail.ts';
import { serverMessage } from './messages.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

export type Compress = (bytes: Bytes) => Bytes;

/** A snapshot as it is sent: a signed header, and the compressed bytes in chunks (D4, R2). */
interface Prepared {
  readonly index: number;
  readonly begin: Bytes;
  readonly chunks: readonly Bytes[];
}

/** T3: compressed, and for those who cannot read that. */
const prepared = { zstd: new WeakMap<Room, Prepared>(), plain: new WeakMap<Room, Prepared>() };

/** The document now, with what a new server needs to go on from it. */
export function takeSnapshot(room: Room): Bytes {
  const marks = [...room.nonces]
    .map(([key, nonce]) => {
      const [author = '', replica = '0'] = key.split('-');
      return { key, author, replica: Number(replica), nonce };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ author, replica, nonce }) => ({
      author: (fromHex(author) as Bytes).slice(0, AUTHOR_ID_BYTES),
      replica,
      nonce,
      lamport: 0,
    }));
  return writeSnapshot(room.document, { lamport: room.judge.lamport, marks });
}

/** The document now as it is stored: compressed. */
export function snapshotRecord(room: Room, compress: Compress, at: number): SnapshotRecord {
  const bytes = takeSnapshot(room);
  const { index, seq, head } = room.position;
  const document = decode('Snapshot', bytes).document;
  const hash = sha256(document);
  return {
    sessionId: room.session.id,
    seq,
    logIndex: index,
    head,
    bytes: compress(bytes),
    size: bytes.length,
    worldHash: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    at,
  };
}

/** The bytes of a stored snapshot. @throws {ThetaError} where they are damaged */
export function storedSnapshot({ bytes, size }: SnapshotRecord): Bytes {
  return size === 0 ? bytes : decompress(bytes, size);
}

/** A snapshot is followed by its tail as long as that costs less than writing another. */
const MAX_TAIL_PACKETS = 256;
const MAX_TAIL_BYTES = 256 * 1024;

/** D4: a snapshot, and the records after it. */
export interface SnapshotWithTail {
  readonly snapshot: Prepared;
  readonly tail: readonly LogRecord[];
}

export interface SnapshotWish {
  readonly storage: SessionStorage;
  readonly compress: Compress;
  /** T3: whether it may be compressed. */
  readonly zstd: boolean;
}

/** What somebody who has nothing gets: peers that join one after the other share the work. */
export async function snapshotWithTail(
  room: Room,
  { storage, compress, zstd }: SnapshotWish,
): Promise<SnapshotWithTail> {
  const shared = zstd ? prepared.zstd : prepared.plain;
  const known = shared.get(room);
  const tail = known && (await shortTail(room, storage, known.index));
  if (known && tail) return { snapshot: known, tail };
  const snapshot = await prepare(room, zstd ? compress : undefined);
  shared.set(room, snapshot);
  return { snapshot, tail: [] };
}

async function shortTail(
  room: Room,
  storage: SessionStorage,
  index: number,
): Promise<LogRecord[] | undefined> {
  if (room.position.index - index > MAX_TAIL_PACKETS) return undefined;
  const tail = await recordsAfter(room, storage, index, MAX_TAIL_BYTES);
  return tail?.some(hasBlob) ? undefined : tail;
}

/** Sends it on `bulk`, as fast as the peer reads. */
export function sendSnapshot(peer: Peer, { snapshot }: SnapshotWithTail): void {
  void streamParts(peer, [snapshot.begin, ...snapshot.chunks]);
}

/** Bytes of a snapshot that may wait for a slow reader; nobody else waits with it. */
const MAX_WAITING_BYTES = 1024 * 1024;

async function streamParts({ transport }: Peer, parts: readonly Bytes[]): Promise<void> {
  for (const part of parts) {
    await transport.drained('bulk', MAX_WAITING_BYTES);
    // The line is gone: whoever comes back asks again.
    if (!transport.send('bulk', part)) return;
  }
}

async function prepare(room: Room, compress: Compress | undefined): Promise<Prepared> {
  const { index, seq, head } = room.position;
  const bytes = takeSnapshot(room);
  const compressed = compress?.(bytes) ?? bytes;
  const body = encode('SnapshotHeader', {
    session: room.sessionId,
    epoch: room.session.epoch,
    seq,
    index,
    head,
    worldHash: new Uint8Array(sha256(decode('Snapshot', bytes).document)),
    compressedSize: compressed.length,
    size: bytes.length,
    compressed: new Uint8Array(sha256(compressed)),
    plain: compress === undefined,
  });
  const signature = await room.signer.sign('theta snapshot 1', body);
  const chunks: Bytes[] = [];
  for (let offset = 0; offset < compressed.length; offset += SNAPSHOT_CHUNK_BYTES) {
    const part = compressed.slice(offset, offset + SNAPSHOT_CHUNK_BYTES);
    chunks.push(serverMessage({ type: 'SnapshotChunk', value: { offset, bytes: part } }));
  }
  const begin = serverMessage({ type: 'SnapshotBegin', value: { body, signature } });
  return { index, begin, chunks };
}
