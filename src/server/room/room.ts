import { sha256 } from '@noble/hashes/sha2.js';
import { decodeEntries, type ReadTransaction } from '../../commands/entries.ts';
import { nextHead, type SignedJudgement, signJudgement } from '../../commands/judgement.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import {
  type OpenPacket,
  openPacket,
  PROTOCOL_VERSION,
  verifyPacket,
} from '../../commands/packet.ts';
import { reasonName } from '../../commands/refusal.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { Document } from '../../ecs/document/document.ts';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { DecodeError } from '../../protocol/decode-error.ts';
import { Verdict } from '../../protocol/generated/types.ts';
import {
  BLOB_ENTRIES_LIMITS,
  INLINE_ENTRIES_LIMITS,
  MAX_PACKET_BYTES,
} from '../../protocol/limits.ts';
import { type Bytes, equalBytes, fromBase64Url, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { LogRecord, SessionRecord, SessionStorage } from '../storage/storage.ts';
import { BlobGate } from './blob-gate.ts';
import { Judge } from './judge.ts';
import { LogWriter } from './log-writer.ts';
import { serverMessage } from './messages.ts';
import { CLOSE, type Peer } from './peer.ts';
import { replayLog } from './replay.ts';
import type { RoomLimits } from './room-limits.ts';
import type { RoomMetrics } from './room-metrics.ts';
import { TokenBucket } from './token-bucket.ts';

/** As the counters call them. */
const VERDICT_NAMES: Readonly<Record<Verdict, string>> = {
  [Verdict.accepted]: 'accepted',
  [Verdict.superseded]: 'superseded',
  [Verdict.refused]: 'refused',
};

export interface RoomContext {
  readonly storage: SessionStorage;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: RoomMetrics;
  readonly limits: RoomLimits;
  readonly verifier: Verifier;
  readonly signerOf: (session: SessionRecord) => Promise<Signer>;
}

/** Where the log stands. */
export interface LogPosition {
  /** Of the last judged packet. */
  readonly index: number;
  /** O2: of the last accepted entry. */
  readonly seq: number;
  readonly head: Bytes;
}

/** A fault of a message that its sender is told of; nothing else comes of it. */
export class Fault extends ThetaError {}

/**
 * The authoritative state of a session. Packets are taken one after the other: verified, judged, and
 * applied to the document; what comes of them goes out when it is on disk (D1).
 */
export class Room {
  readonly session: SessionRecord;
  readonly sessionKey: Bytes;
  readonly document = new Document();
  readonly judge = new Judge(this.document);
  readonly peers = new Map<number, Peer>();
  /** D2: the last nonce of each replica that is judged, if not yet on disk. */
  readonly nonces = new Map<string, number>();
  position: LogPosition;
  /** The last log record could not be stored: the room must be opened anew. */
  onBroken: (error: unknown) => void = () => undefined;
  /** Called after each judged packet is stored. */
  onJudged: () => void = () => undefined;

  readonly #context: RoomContext;
  readonly #signer: Signer;
  readonly #writer: LogWriter;
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #gate: BlobGate;
  /** Public keys by their author id. */
  readonly #authors = new Map<string, string>();
  #turn: Promise<void> = Promise.resolve();
  #over = false;

  private constructor(context: RoomContext, session: SessionRecord, signer: Signer) {
    this.#context = context;
    this.session = session;
    this.sessionKey = session.publicKey;
    this.#signer = signer;
    this.#writer = new LogWriter(context.storage);
    this.#gate = new BlobGate(context.storage, context.blobs, session.id);
    this.position = { index: 0, seq: 0, head: session.genesis };
  }

  /** D3: the room as its log says it is. @throws {ThetaError} `damaged_log` naming the record */
  static async open(context: RoomContext, session: SessionRecord): Promise<Room> {
    const room = new Room(context, session, await context.signerOf(session));
    for (const { author } of await context.storage.listMembers(session.id))
      room.admitAuthor(author);
    room.position = await replayLog(room, context);
    return room;
  }

  /** It takes nobody in and judges nothing any more: the session goes on in another room. */
  get isOver(): boolean {
    return this.#over;
  }

  /** Ends a room that nobody is in, in its turn. */
  end(): void {
    this.#over = true;
  }

  get signer(): Signer {
    return this.#signer;
  }

  get sessionId(): Bytes {
    return fromBase64Url(this.session.id) as Bytes;
  }

  /**
   * Runs a step when all before it are done. Joining and judging are such steps, so that nobody
   * sees half of either.
   */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(step);
    this.#turn = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Resolves when what was judged is on disk. */
  settled(): Promise<void> {
    return this.#writer.settled();
  }

  nextNonce(authorHex: string, replica: number): number {
    return (this.nonces.get(`${authorHex}-${replica}`) ?? 0) + 1;
  }

  /** Whether this key (hexadecimal) may be known by its first bytes: nobody else's begins so. */
  knowsAuthor(key: string): boolean {
    const known = this.#authors.get(key.slice(0, 2 * AUTHOR_ID_BYTES));
    return known === undefined || known === key;
  }

  admitAuthor(key: string): void {
    this.#authors.set(key.slice(0, 2 * AUTHOR_ID_BYTES), key);
  }

  /** A peer has gone; the others are told. */
  remove(peer: Peer): void {
    const { id } = peer.identity;
    if (!this.peers.delete(id)) return;
    this.broadcast('reliable', serverMessage({ type: 'PeerLeft', value: { peer: id } }));
  }

  /**
   * Takes a packet of a peer. Its signature is checked at once, next to those of others; the rest
   * waits for its turn.
   */
  submit(peer: Peer, bytes: Bytes): Promise<void> {
    const { metrics, verifier, clock } = this.#context;
    const arrived = clock.now();
    let packet: OpenPacket;
    try {
      packet = this.#open(peer, bytes);
    } catch (thrown) {
      return Promise.reject(thrown);
    }
    const verified = verifyPacket(verifier, packet);
    return this.inTurn(async () => {
      if (this.#over) return;
      if (!(await verified)) {
        metrics.signatureRejections.add({});
        throw new Fault('bad_signature', 'The signature of the packet is wrong.');
      }
      await this.#take(peer, packet, arrived);
    });
  }

  broadcast(lane: 'reliable' | 'unreliable', message: Bytes, except?: Peer): void {
    for (const peer of this.peers.values()) {
      if (peer !== except) peer.sendBytes(lane, message);
    }
  }

  #open(peer: Peer, bytes: Bytes): OpenPacket {
    if (bytes.length > MAX_PACKET_BYTES) {
      this.#context.metrics.payloadGuardDrops.add({});
      throw new Fault('too_large', 'The packet is over 64 KiB.');
    }
    const packet = openPacket(bytes);
    const { body } = packet;
    if (body.protocol !== PROTOCOL_VERSION) {
      throw new Fault('wrong_protocol', 'The packet is of another protocol version.');
    }
    if (!equalBytes(body.session, this.sessionId)) {
      throw new Fault('wrong_session', 'The packet is for another session.');
    }
    const { author, replica } = peer.identity;
    if (!equalBytes(body.author, author) || body.replica !== replica) {
      throw new Fault('wrong_author', 'The packet is in the name of somebody else.');
    }
    return packet;
  }

  async #take(peer: Peer, packet: OpenPacket, arrived: number): Promise<void> {
    const { metrics } = this.#context;
    const { nonce } = packet.body;
    const expected = this.nextNonce(peer.identity.authorHex, peer.identity.replica);
    if (nonce < expected) return this.#answerAgain(peer, packet);
    if (nonce > expected) {
      metrics.packets.add({ outcome: 'gap' });
      peer.send('reliable', { type: 'Expected', value: { nonce: expected } });
      return;
    }
    const wait = this.#bucketOf(peer).take();
    if (wait > 0) {
      metrics.rateLimitDrops.add({});
      const message = 'You are editing faster than this session allows; your edits are sent later.';
      const value = { nonce, code: 'rate', message, retryMs: wait };
      peer.send('reliable', { type: 'Dropped', value });
      return;
    }
    await this.#judge(peer, packet, arrived);
  }

  /** D2: the same bytes get their verdict again; others under the same nonce are a replay. */
  async #answerAgain(peer: Peer, packet: OpenPacket): Promise<void> {
    const { metrics, storage } = this.#context;
    const { authorHex, replica } = peer.identity;
    await this.#writer.settled();
    const { nonce } = packet.body;
    const stored = await storage.findVerdict(this.session.id, authorHex, replica, nonce);
    if (stored && equalBytes(stored.packetHash, sha256(packet.bytes))) {
      metrics.packets.add({ outcome: 'repeated' });
      peer.send('reliable', { type: 'Judged', value: { judgement: stored.judgement } });
      return;
    }
    metrics.replayRejections.add({});
    throw new Fault('replay', 'The number of the packet was used before, for another packet.');
  }

  async #judge(peer: Peer, packet: OpenPacket, arrived: number): Promise<void> {
    const transactions = await this.#readEntries(packet);
    const wanted = transactions.flatMap(({ entries }) =>
      entries.flatMap(({ definition, op }) =>
        op instanceof Error ? [] : (definition.blobs?.(op as never) ?? []),
      ),
    );
    const blobProblem = await this.#gate.check(wanted);
    const rulings = this.judge.judge(transactions, {
      role: peer.role,
      locked: this.session.locked,
      blobProblem,
    });
    const { authorHex, replica } = peer.identity;
    this.nonces.set(`${authorHex}-${replica}`, packet.body.nonce);
    try {
      const judgement = await this.#sign(packet, rulings);
      this.#count(rulings);
      this.#store(peer, packet, judgement, rulings, arrived);
    } catch (thrown) {
      this.#break(thrown);
    }
  }

  /** @throws {DecodeError}, {Fault}: an entries blob that is not there or cannot be read */
  async #readEntries({ body }: OpenPacket): Promise<ReadTransaction[]> {
    const by = { author: body.author.slice(0, AUTHOR_ID_BYTES), replica: body.replica };
    if (body.entries !== undefined) {
      if (body.blob !== undefined) throw new Fault('malformed', 'The packet has entries twice.');
      return decodeEntries(this.document, by, body.lamport, body.entries, INLINE_ENTRIES_LIMITS);
    }
    if (body.blob === undefined) throw new Fault('malformed', 'The packet has no entries.');
    const bytes = await this.#gate.read(toHex(body.blob), body.blobSize);
    if (bytes === undefined) {
      throw new Fault('blob_missing', 'The entries of the packet have not been uploaded.');
    }
    return decodeEntries(this.document, by, body.lamport, bytes, BLOB_ENTRIES_LIMITS);
  }

  async #sign(packet: OpenPacket, rulings: readonly Ruling[]): Promise<SignedJudgement> {
    const digest = new Uint8Array(sha256(packet.bytes));
    const accepted = countAccepted(rulings);
    const { index, seq, head } = this.position;
    this.position = {
      index: index + 1,
      seq: seq + accepted,
      head: nextHead(head, digest, rulings),
    };
    return signJudgement(this.#signer, {
      session: this.sessionId,
      epoch: this.session.epoch,
      index: index + 1,
      author: packet.body.author,
      replica: packet.body.replica,
      nonce: packet.body.nonce,
      packet: digest,
      firstSeq: seq + 1,
      verdicts: rulings,
      head: this.position.head,
      time: Math.trunc(this.#context.clock.wallTime()),
    });
  }

  #store(
    peer: Peer,
    packet: OpenPacket,
    judgement: SignedJudgement,
    rulings: readonly Ruling[],
    arrived: number,
  ): void {
    const { index, firstSeq, head, time, nonce } = judgement.body;
    const { authorHex, replica } = peer.identity;
    const record: LogRecord = {
      sessionId: this.session.id,
      index,
      firstSeq,
      entryCount: countAccepted(rulings),
      author: authorHex,
      replica,
      nonce,
      packet: packet.bytes,
      judgement: judgement.bytes,
      head,
      at: time,
    };
    const { metrics, clock } = this.#context;
    this.#writer.append(
      record,
      () => {
        metrics.packets.add({ outcome: 'judged' });
        metrics.verdictSeconds.observe({}, (clock.now() - arrived) / 1000);
        this.#announce(peer, packet, judgement);
        this.onJudged();
      },
      (error) => this.#break(error),
    );
  }

  #announce(author: Peer, packet: OpenPacket, judgement: SignedJudgement): void {
    author.send('reliable', { type: 'Judged', value: { judgement: judgement.bytes } });
    const value = { judgement: judgement.bytes, packet: packet.bytes };
    this.broadcast('reliable', serverMessage({ type: 'Accepted', value }), author);
  }

  /** The document is ahead of the disk: it is thrown away, and the peers come back to what is stored. */
  #break(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#context.logger.error('A log record could not be stored.', {
      session: this.session.id,
      error: messageOf(error),
    });
    for (const peer of this.peers.values()) {
      peer.transport.close(CLOSE.failed, 'The server cannot store edits now; yours are kept here.');
    }
    this.onBroken(error);
  }

  #bucketOf(peer: Peer): TokenBucket {
    const { limits, clock } = this.#context;
    const { authorHex } = peer.identity;
    let bucket = this.#buckets.get(authorHex);
    if (bucket === undefined) {
      bucket = new TokenBucket(clock, limits.packetBurst, limits.packetsPerSecond);
      this.#buckets.set(authorHex, bucket);
    }
    return bucket;
  }

  #count(rulings: readonly Ruling[]): void {
    for (const { verdict, reason } of rulings) {
      const labels = { verdict: VERDICT_NAMES[verdict], reason: reasonName(reason) };
      this.#context.metrics.entries.add(labels);
    }
  }
}

export function countAccepted(rulings: readonly Ruling[]): number {
  return rulings.filter(({ verdict }) => verdict === Verdict.accepted).length;
}

/** The name of what was wrong with a message, for its sender and the counters. */
export function faultOf(thrown: unknown): ThetaError | undefined {
  if (thrown instanceof Fault || thrown instanceof DecodeError) return thrown;
  if (thrown instanceof ThetaError && thrown.code === 'malformed_entries') return thrown;
  return undefined;
}
