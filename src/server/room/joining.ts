import { transcriptOf } from '../../commands/signing.ts';
import { encode } from '../../protocol/codec.ts';
import { type Hello, Role as WireRole } from '../../protocol/generated/types.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import type { SessionStorage } from '../storage/storage.ts';
import { JoinRefused } from './handshake.ts';
import { serverMessage } from './messages.ts';
import { CLOSE, type Peer } from './peer.ts';
import type { Room } from './room.ts';
import { type Compress, sendSnapshot } from './snapshots.ts';

const READ_BATCH = 200;

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
  const { room, peer, hello, storage } = request;
  await room.settled();
  if (room.isOver) {
    throw new JoinRefused(
      'restarting',
      'The session is being opened again. Try again in a moment.',
    );
  }
  const resumes = await canResume(request);
  const fresh = room.position.index === 0;
  await sendWelcome(request, !resumes && !fresh);
  if (resumes) await sendEntries(room, peer, hello.resumeIndex, storage);
  else if (!fresh) await sendSnapshot(room, peer, request.compress);
  peer.send('reliable', { type: 'CaughtUp', value: { seq: room.position.seq } });
  introduce(room, peer);
}

/** D3: whether what the peer has is a beginning of what this server has. */
async function canResume(request: JoinRequest): Promise<boolean> {
  const { room, hello, storage, maxResumedPackets } = request;
  const { resumeEpoch, resumeIndex, resumeHead } = hello;
  if (resumeEpoch !== room.session.epoch || resumeHead === undefined) return false;
  const behind = room.position.index - resumeIndex;
  if (behind < 0 || behind > maxResumedPackets) return false;
  if (resumeIndex === 0) return equalBytes(resumeHead, room.session.genesis);
  const [record] = await storage.readLog(room.session.id, resumeIndex - 1, 1);
  return record !== undefined && equalBytes(record.head, resumeHead);
}

async function sendWelcome(
  { room, peer, challenge }: JoinRequest,
  snapshot: boolean,
): Promise<void> {
  const { identity, role } = peer;
  const body = encode('WelcomeBody', {
    session: room.sessionId,
    epoch: room.session.epoch,
    peer: identity.id,
    role: WireRole[role],
    seq: room.position.seq,
    index: room.position.index,
    head: room.position.head,
    nextNonce: room.nextNonce(identity.authorHex, identity.replica),
    lamport: room.judge.lamport,
    snapshot,
    uploadToken: identity.uploadToken,
  });
  const signature = await room.signer.sign('theta welcome 1', transcriptOf(challenge, body));
  peer.send('reliable', { type: 'Welcome', value: { body, signature } });
}

async function sendEntries(
  room: Room,
  peer: Peer,
  after: number,
  storage: SessionStorage,
): Promise<void> {
  for (let index = after; index < room.position.index; ) {
    const records = await storage.readLog(room.session.id, index, READ_BATCH);
    if (records.length === 0) return;
    for (const { judgement, packet } of records) {
      peer.send('reliable', { type: 'Accepted', value: { judgement, packet } });
    }
    index += records.length;
    await peer.transport.drained('reliable', 0);
  }
}

/** A replica has one connection: an older one that has not noticed its end is closed. */
function introduce(room: Room, peer: Peer): void {
  for (const other of room.peers.values()) {
    const same =
      other.identity.authorHex === peer.identity.authorHex &&
      other.identity.replica === peer.identity.replica;
    if (same) {
      room.remove(other);
      other.transport.close(CLOSE.replaced, 'The same tab has joined again.');
    } else {
      peer.sendBytes('reliable', joined(other));
      for (const value of other.shown.values()) peer.send('reliable', { type: 'Ephemeral', value });
    }
  }
  room.peers.set(peer.identity.id, peer);
  room.broadcast('reliable', joined(peer), peer);
}

function joined({ identity, role, transport }: Peer): Bytes {
  const { id, author, replica, name, color } = identity;
  const info = {
    peer: id,
    author,
    replica,
    name,
    color,
    role: WireRole[role],
    transport: transport.kind,
  };
  return serverMessage({ type: 'PeerJoined', value: { info } });
}
