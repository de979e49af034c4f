import { SNAPSHOT_ZSTD } from '../../commands/capabilities.ts';
import { transcriptOf } from '../../commands/signing.ts';
import { encode } from '../../protocol/codec.ts';
import { type Hello, Role as WireRole } from '../../protocol/generated/types.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import type { LogRecord, SessionStorage } from '../storage/storage.ts';
import { JoinRefused } from './handshake.ts';
import { recordsAfter } from './log-tail.ts';
import { serverMessage } from './messages.ts';
import { CLOSE, type Peer } from './peer.ts';
import type { Room } from './room.ts';
import { type Compress, sendSnapshot, snapshotWithTail } from './snapshots.ts';

/** Sent at once, so that a slow reader does not hold up the room: it must fit what may wait for him. */
const MAX_RESUMED_BYTES = 2 * 1024 * 1024;

export interface JoinRequest {
  readonly room: Room;
  readonly peer: Peer;
  readonly hello: Hello;
  /** The challenge's random bytes. */
  readonly challenge: Bytes;
  readonly storage: SessionStorage;
  readonly compress: Compress;
  readonly maxResumedPackets: number;
}

/**
 * Lets a peer in whose key and role are settled: the welcome, what it lacks (D4), and everything
 * after it as it happens. To be run in the room's turn, so that nothing falls in between.
 */
export async function join(request: JoinRequest): Promise<void> {
  const { room, peer } = request;
  await room.settled();
  if (room.isOver) {
    throw new JoinRefused(
      'restarting',
      'The session is being opened again. Try again in a moment.',
    );
  }
  const before = predecessorOf(room, peer);
  if (before) peer.takeOver(before);
  const missed = await missedBy(request);
  const snapshot =
    missed === undefined && room.position.index > 0
      ? await snapshotWithTail(room, { ...request, zstd: peer.has(SNAPSHOT_ZSTD) })
      : undefined;
  await sendWelcome(request, snapshot !== undefined);
  if (snapshot) sendSnapshot(peer, snapshot);
  for (const { judgement, packet } of missed ?? snapshot?.tail ?? []) {
    peer.send('reliable', { type: 'Accepted', value: { judgement, packet } });
  }
  introduce(room, peer);
  before?.transport.close(CLOSE.replaced, 'The same tab has joined again.');
  peer.send('reliable', { type: 'CaughtUp', value: { seq: room.position.seq } });
}

/**
 * D3: the records that the peer lacks, where what it has is a beginning of what this server has and
 * they cost less than a snapshot; else undefined.
 */
async function missedBy(request: JoinRequest): Promise<LogRecord[] | undefined> {
  const { room, hello, storage, maxResumedPackets } = request;
  const { resumeEpoch, resumeIndex, resumeHead } = hello;
  if (resumeEpoch !== room.session.epoch || resumeHead === undefined) return undefined;
  const behind = room.position.index - resumeIndex;
  if (behind < 0 || behind > maxResumedPackets) return undefined;
  const head = await headAt(room, resumeIndex, storage);
  if (head === undefined || !equalBytes(resumeHead, head)) return undefined;
  return recordsAfter(room, storage, resumeIndex, MAX_RESUMED_BYTES);
}

async function headAt(
  room: Room,
  index: number,
  storage: SessionStorage,
): Promise<Bytes | undefined> {
  if (index === 0) return room.session.genesis;
  const [record] = await storage.readLog(room.session.id, index - 1, 1);
  return record?.head;
}

async function sendWelcome(
  { room, peer, challenge }: JoinRequest,
  snapshot: boolean,
): Promise<void> {
  const { identity } = peer;
  const body = encode('WelcomeBody', {
    session: room.sessionId,
    epoch: room.session.epoch,
    peer: identity.id,
    role: WireRole[room.roleOf(identity.authorHex) ?? 'viewer'],
    seq: room.position.seq,
    index: room.position.index,
    head: room.position.head,
    nextNonce: room.nextNonce(identity.authorHex, identity.replica),
    lamport: room.judge.lamport,
    snapshot,
    uploadToken: identity.uploadToken,
    ...identity.terms,
  });
  const signature = await room.signer.sign('theta welcome 1', transcriptOf(challenge, body));
  peer.send('reliable', { type: 'Welcome', value: { body, signature } });
}

/** T2: a replica has one connection. An older one has not noticed its end, or is on another rung. */
function predecessorOf(room: Room, { identity }: Peer): Peer | undefined {
  const { authorHex, replica } = identity;
  return [...room.peers.values()].find(
    ({ identity: other }) => other.authorHex === authorHex && other.replica === replica,
  );
}

/** Tells it of the others, and the others of it; to them one that took over has never been away. */
function introduce(room: Room, peer: Peer): void {
  room.peers.set(peer.identity.id, peer);
  room.presence.enter(peer.identity.id);
  for (const other of room.peers.values()) {
    if (other === peer) continue;
    peer.sendBytes('reliable', joined(room, other));
    for (const value of other.shown.values()) peer.send('reliable', { type: 'Ephemeral', value });
  }
  room.broadcast('reliable', joined(room, peer), peer);
}

function joined(room: Room, { identity, transport }: Peer): Bytes {
  const { id, author, authorHex, replica, name, color } = identity;
  const info = {
    peer: id,
    author,
    replica,
    name,
    color,
    role: WireRole[room.roleOf(authorHex) ?? 'viewer'],
    transport: transport.kind,
  };
  return serverMessage({ type: 'PeerJoined', value: { info } });
}
