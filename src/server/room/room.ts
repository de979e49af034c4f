import { sha256 } from '@noble/hashes/sha2.js';
import type { BlobUse } from '../../commands/definition.ts';
import { linkCreate } from '../../commands/definitions/link-create.ts';
import { type MemberAdmitOp, memberAdmit } from '../../commands/definitions/member-admit.ts';
import {
  decodeEntries,
  type Entry,
  encodeEntries,
  type ReadTransaction,
} from '../../commands/entries.ts';
import { PRESENCE_ROLE } from '../../commands/ephemeral.ts';
import type { NewLink } from '../../commands/governance/links.ts';
import { mayBeKnown } from '../../commands/governance/members.ts';
import { nextHead, type SignedJudgement, signJudgement } from '../../commands/judgement.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import {
  type OpenPacket,
  openPacket,
  PROTOCOL_VERSION,
  sealPacket,
  verifyPacket,
} from '../../commands/packet.ts';
import { reasonName } from '../../commands/refusal.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { Document } from '../../ecs/document/document.ts';
import { type Ending, type Governance, roleOf } from '../../ecs/document/governance.ts';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { DecodeError } from '../../protocol/decode-error.ts';
import { type Accepted, Verdict } from '../../protocol/generated/types.ts';
import {
  BLOB_ENTRIES_LIMITS,
  INLINE_ENTRIES_LIMITS,
  MAX_PACKET_BYTES,
} from '../../protocol/limits.ts';
import { type Bytes, equalBytes, fromBase64Url, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { atLeast, type Role } from '../../shared/roles.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { stepsOf } from '../storage/log-steps.ts';
import {
  type LogStep,
  type NewLogRecord,
  type SessionRecord,
  type SessionStorage,
  StorageError,
} from '../storage/storage.ts';
import { BlobGate } from './blob-gate.ts';
import { type GivenBack, readGivenBack } from './give-back.ts';
import { Judge } from './judge.ts';
import { LogWriter } from './log-writer.ts';
import { type LostContent, WantedContent } from './lost-content.ts';
import { serverMessage } from './messages.ts';
import { CLOSE, type Peer } from './peer.ts';
import { PresenceRelay } from './presence-relay.ts';
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

/** The session writes from one place alone. */
const SESSION_REPLICA = 0;

type SessionAct = Pick<Entry, 'definition' | 'op'>;

/** What somebody whose role ends is told at once. */
const ENDING_WORDS: Readonly<Record<Ending, string>> = {
  revoked: 'An admin has withdrawn the link that you came by.',
  removed: 'An admin has put you out of this session.',
  banned: 'An admin has banned you from this session.',
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

/** What peers are told when edits cannot be stored. */
const FAILED = 'The server cannot store edits now; yours are kept here.';
const FULL =
  "The server's disk is full: nothing can be saved. Your edits are kept here, and sent when there is space.";

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
  readonly judge: Judge;
  readonly peers = new Map<number, Peer>();
  readonly presence: PresenceRelay;
  /** D3: what records that came back name, and nobody has brought yet. */
  readonly wanted = new WantedContent();
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
  /** The governance that peers were last held against. */
  #enforced: Governance | undefined;
  #turn: Promise<void> = Promise.resolve();
  #over = false;

  private constructor(context: RoomContext, session: SessionRecord, signer: Signer) {
    this.#context = context;
    this.session = session;
    this.sessionKey = session.publicKey;
    this.judge = new Judge(this.document, session.publicKey);
    this.#signer = signer;
    this.presence = new PresenceRelay({
      peers: this.peers,
      clock: context.clock,
      metrics: context.metrics,
      mayShow: (peer) => this.mayShow(peer, PRESENCE_ROLE),
    });
    this.#writer = new LogWriter(context.storage);
    this.#gate = new BlobGate(context.storage, context.blobs, session.id);
    this.position = { index: 0, seq: 0, head: session.genesis };
  }

  /** D3: the room as its log says it is. @throws {ThetaError} `damaged_log` naming the record */
  static async open(context: RoomContext, session: SessionRecord): Promise<Room> {
    const room = new Room(context, session, await context.signerOf(session));
    room.position = await replayLog(room, context);
    await room.#logFirstLinks();
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

  /** D2: whether a nonce is the one that its replica has to use now. */
  placeOf(authorHex: string, replica: number, nonce: number): 'next' | 'past' | 'ahead' {
    const expected = this.nextNonce(authorHex, replica);
    if (nonce === expected) return 'next';
    return nonce < expected ? 'past' : 'ahead';
  }

  /** S2: what the holder of a key may do now; undefined for who has no role. */
  roleOf(key: string): Role | undefined {
    return roleOf(this.document.governance, key);
  }

  /** S4: whether a peer's role, as it is now, lets him show something to the others. */
  mayShow({ identity }: Peer, needed: Role): boolean {
    const role = this.roleOf(identity.authorHex);
    return role !== undefined && atLeast(role, needed);
  }

  /** Whether this key (hexadecimal) may be known by its first bytes: nobody else's begins so. */
  mayBeKnown(key: string): boolean {
    return mayBeKnown(this.document.governance, key);
  }

  /**
   * S2: logs that somebody has the role of a link from now on. To be run in the room's turn.
   * @throws {ThetaError} when it may not be
   */
  async admit(op: MemberAdmitOp): Promise<void> {
    const [ruling] = await this.#act('Join', [{ definition: memberAdmit, op }]);
    if (ruling?.verdict !== Verdict.accepted) {
      throw new ThetaError('session_full', 'This session cannot take in anybody else.');
    }
  }

  /** S2: logs another way in, in the session's own name. To be run in the room's turn. */
  async addLink(op: NewLink): Promise<void> {
    const [ruling] = await this.#act('New link', [{ definition: linkCreate, op }]);
    if (ruling?.verdict !== Verdict.accepted) {
      throw new ThetaError('limit', 'This session cannot have any more links.');
    }
  }

  /** A peer has gone; the others are told. */
  remove(peer: Peer): void {
    const { id } = peer.identity;
    // Another connection may have taken its place.
    if (this.peers.get(id) !== peer) return;
    this.peers.delete(id);
    this.presence.leave(id);
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
      if (this.#over || peer.isCutOff) return;
      if (!(await verified)) {
        metrics.signatureRejections.add({});
        throw new Fault('bad_signature', 'The signature of the packet is wrong.');
      }
      await this.#take(peer, packet, arrived);
    });
  }

  /**
   * D3: takes back records that this log once had and lost, to be run in the room's turn. Each gets the
   * place, the number and the verdict that it had.
   * @returns the index up to which the log now goes, on disk, and the content that is missing
   */
  async takeBack(records: readonly Accepted[]): Promise<{ readonly index: number } & LostContent> {
    for (const record of records) {
      if (this.#over) break;
      const given = await readGivenBack(this, record, this.#context.verifier);
      if (given === undefined || !(await this.#takeBack(given))) break;
    }
    await this.settled();
    const { missing, token } = this.wanted.lost;
    const stillMissing = await this.#gate.lacks(missing);
    for (const digest of missing) if (!stillMissing.includes(digest)) this.wanted.got(digest);
    return { index: this.position.index, missing: stillMissing, token };
  }

  async #takeBack({ judgement: body, packet, signed }: GivenBack): Promise<boolean> {
    let transactions: ReadTransaction[];
    try {
      transactions = await this.#readEntries(packet);
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      // Its entries are in a blob that was lost, too: with that it can come again.
      const { blob } = packet.body;
      if (blob) this.wanted.want(toHex(blob), toHex(body.author));
      return false;
    }
    if (!this.judge.replay(transactions, body.verdicts)) {
      this.#break(new ThetaError('damaged_log', 'A record that came back does not apply.'));
      return false;
    }
    const { author, replica, nonce, index, head, firstSeq, verdicts } = body;
    const lacking = await this.#gate.lacks(blobsOf(transactions).map(({ digest }) => digest));
    for (const digest of lacking) this.wanted.want(digest, toHex(author));
    this.nonces.set(`${toHex(author)}-${replica}`, nonce);
    this.position = { index, seq: firstSeq - 1 + countAccepted(verdicts), head };
    this.#context.metrics.recordsGivenBack.add({});
    const steps = stepsOf(transactions, verdicts, firstSeq);
    const arrived = this.#context.clock.now();
    this.#store(packet, { bytes: signed, body }, steps, arrived, undefined);
    return true;
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
    const { authorHex, replica } = peer.identity;
    const place = this.placeOf(authorHex, replica, nonce);
    if (place === 'past') {
      await this.#answerAgain(peer, packet);
      this.#waste(peer);
      return;
    }
    if (place === 'ahead') {
      metrics.packets.add({ outcome: 'gap' });
      const value = { nonce: this.nextNonce(authorHex, replica) };
      peer.send('reliable', { type: 'Expected', value });
      this.#waste(peer);
      return;
    }
    const wait = this.#bucketOf(peer).take();
    if (wait > 0) {
      metrics.rateLimitDrops.add({});
      const message = 'You are editing faster than this session allows; your edits are sent later.';
      const value = { nonce, code: 'rate', message, retryMs: wait };
      peer.send('reliable', { type: 'Dropped', value });
      this.#waste(peer);
      return;
    }
    await this.#judge(packet, arrived, peer);
  }

  /** S3: who sends on and on what cannot be taken, and was told so, is cut off. */
  #waste(peer: Peer): void {
    if (peer.wasted.take() === 0) return;
    peer.isCutOff = true;
    this.#context.metrics.rateCutoffs.add({});
    peer.transport.close(CLOSE.busy, 'Too many packets that cannot be taken.');
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

  /** @param peer who sent it; the session's own packets come from nobody */
  async #judge(packet: OpenPacket, arrived: number, peer?: Peer): Promise<readonly Ruling[]> {
    const transactions = await this.#readEntries(packet);
    const blobProblem = await this.#gate.check(blobsOf(transactions));
    const { author, replica, nonce } = packet.body;
    const rulings = this.judge.judge(transactions, { author, blobProblem });
    this.nonces.set(`${toHex(author)}-${replica}`, nonce);
    try {
      const judgement = await this.#sign(packet, rulings);
      this.#count(rulings);
      const steps = stepsOf(transactions, rulings, judgement.body.firstSeq);
      this.#store(packet, judgement, steps, arrived, peer);
    } catch (thrown) {
      this.#break(thrown);
    }
    return rulings;
  }

  /** S2: what the session itself does, as a packet of its own key, judged and logged as anybody's. */
  async #act(label: string, acts: readonly SessionAct[]): Promise<readonly Ruling[]> {
    const key = toHex(this.sessionKey);
    const author = this.sessionKey.slice(0, AUTHOR_ID_BYTES);
    const site = this.document.sites.intern(author, SESSION_REPLICA);
    const lamport = this.judge.lamport + 1;
    const entries = acts.map((act, i) => ({ ...act, stamp: { lamport: lamport + i, site } }));
    const bytes = await sealPacket(this.#signer, {
      session: this.sessionId,
      replica: SESSION_REPLICA,
      nonce: this.nextNonce(key, SESSION_REPLICA),
      lamport,
      entries: encodeEntries(this.document, site, lamport, [{ label, entries }]),
      blobSize: 0,
    });
    return this.#judge(openPacket(bytes), this.#context.clock.now());
  }

  /** The links that the session was made with begin its log, when it is opened for the first time. */
  async #logFirstLinks(): Promise<void> {
    if (this.document.governance.links.size > 0) return;
    const links = await this.#context.storage.listFirstLinks(this.session.id);
    if (links.length === 0) return;
    const acts = links.map(({ id, role, tokenHash }) => ({
      definition: linkCreate,
      op: { id, role, tokenHash: toHex(tokenHash), label: '' },
    }));
    await this.#act('First links', acts);
    await this.settled();
    if (this.#over)
      throw new ThetaError('storage', 'The links of the session could not be logged.');
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
    packet: OpenPacket,
    judgement: SignedJudgement,
    steps: readonly LogStep[],
    arrived: number,
    peer: Peer | undefined,
  ): void {
    const { index, firstSeq, head, time, nonce, author, replica } = judgement.body;
    const record: NewLogRecord = {
      sessionId: this.session.id,
      index,
      firstSeq,
      entryCount: steps.reduce((sum, { entries }) => sum + entries, 0),
      author: toHex(author),
      replica,
      nonce,
      packet: packet.bytes,
      judgement: judgement.bytes,
      head,
      at: time,
      steps,
    };
    const { metrics, clock } = this.#context;
    this.#writer.append(
      record,
      () => {
        metrics.packets.add({ outcome: 'judged' });
        metrics.verdictSeconds.observe({}, (clock.now() - arrived) / 1000);
        this.#announce(packet, judgement, peer);
        this.#closeEnded();
        this.onJudged();
      },
      (error) => this.#break(error),
    );
  }

  #announce(packet: OpenPacket, judgement: SignedJudgement, author: Peer | undefined): void {
    author?.send('reliable', { type: 'Judged', value: { judgement: judgement.bytes } });
    const value = { judgement: judgement.bytes, packet: packet.bytes };
    this.broadcast('reliable', serverMessage({ type: 'Accepted', value }), author);
  }

  /** S4: those whose role has ended hear why, and are let go. */
  #closeEnded(): void {
    const { governance } = this.document;
    if (governance === this.#enforced) return;
    this.#enforced = governance;
    for (const { identity, transport } of [...this.peers.values()]) {
      const ending = governance.members.get(identity.authorHex)?.ending;
      if (ending === undefined) continue;
      const code = ending === 'revoked' ? CLOSE.revoked : CLOSE.removed;
      transport.close(code, ENDING_WORDS[ending]);
    }
  }

  /** The document is ahead of the disk: it is thrown away, and the peers come back to what is stored. */
  #break(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#context.logger.error('A log record could not be stored.', {
      session: this.session.id,
      error: messageOf(error),
    });
    const isFull = error instanceof StorageError && error.code === 'full';
    for (const peer of this.peers.values()) {
      peer.transport.close(isFull ? CLOSE.full : CLOSE.failed, isFull ? FULL : FAILED);
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

/** D5: the blobs that entries name. */
function blobsOf(transactions: readonly ReadTransaction[]): readonly BlobUse[] {
  return transactions.flatMap(({ entries }) =>
    entries.flatMap(({ definition, op }) =>
      op instanceof Error ? [] : (definition.blobs?.(op as never) ?? []),
    ),
  );
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
