import { sha256 } from '@noble/hashes/sha2.js';
import { decodeEntries, entryName } from '../../commands/entries.ts';
import { ephemeralDefinition } from '../../commands/ephemeral.ts';
import { type CommandOutcome, LocalTransaction } from '../../commands/local-transaction.ts';
import { CommandLog } from '../../commands/log.ts';
import { CommandOutbox, type OutboxStore, type SealedPacket } from '../../commands/outbox.ts';
import { openPacket } from '../../commands/packet.ts';
import { CommandPipeline, type Issued } from '../../commands/pipeline.ts';
import { parseParams } from '../../commands/registry.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { Document } from '../../ecs/document/document.ts';
import { counterOf, siteOf } from '../../ecs/document/entity-id.ts';
import { AUTHOR_ID_BYTES, type Site } from '../../ecs/document/sites.ts';
import type {
  JudgementBody,
  Presence,
  ServerPayload,
  WelcomeBody,
} from '../../protocol/generated/types.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { worldHash } from '../../replication/document-codec.ts';
import { readSnapshot } from '../../replication/snapshot.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Random } from '../../shared/random.ts';
import type { Transport, TransportKind } from '../../transport/transport.ts';
import { HistoryKeeper, type HistoryStore } from './history-keeper.ts';
import {
  follow,
  openAccepted,
  openJudgement,
  readPacketEntries,
  withRulings,
} from './judged-packet.ts';
import { Link, type LogPosition, NOTHING_YET } from './link.ts';
import { PacketSender } from './packet-sender.ts';
import { Peers, type RoleName, roleName } from './peers.ts';
import { SnapshotReceiver } from './snapshot-receiver.ts';

export type SessionStatus = 'connecting' | 'connected' | 'offline';

/** What a session keeps across pages: packets without a verdict (D2). */
export interface SessionStore extends OutboxStore {
  load(): Promise<SealedPacket[]>;
}

export interface ClientSessionOptions {
  readonly sessionId: Bytes;
  readonly token: string | undefined;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly replica: number;
  readonly name: string;
  /** 0xrrggbb */
  readonly color: number;
  readonly schema: Bytes;
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Opens a transport; rejects when there is none to be had now. */
  readonly connect: () => Promise<Transport>;
  readonly decompress: (bytes: Bytes, size: number) => Bytes;
  /** D5: entries of packets, by digest in hexadecimal. */
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  readonly uploadBlob: (packet: SealedPacket) => Promise<void>;
  readonly document?: Document;
  /** O5: where undo and redo survive the page. */
  readonly historyStore?: HistoryStore;
}

/** Refusals that trying again does not change. */
const FINAL = new Set([
  'unknown_session',
  'no_token',
  'unknown_token',
  'link_revoked',
  'link_expired',
  'banned',
  'locked',
  'outdated_client',
  'unsupported',
  'wrong_session_key',
  'author_id_taken',
  'closed_4409',
]);

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;

/** Telemetry of the connection, since the page began. */
export interface SessionCounters {
  packetsSent: number;
  bytesSent: number;
  packetsReceived: number;
  bytesReceived: number;
  rejected: number;
  rateLimitDrops: number;
  replayRejections: number;
  payloadGuardDrops: number;
  faults: number;
  /** How long the last verdict's signature took. */
  verifyMs: number;
  /** Bytes of the last snapshot against those that came; 1 before one. */
  compressionRatio: number;
}

/**
 * A replica's part in a session: the document, the way of its edits, and the connection that it
 * loses and finds again (T4). Everything that arrives is handled one after the other.
 */
export class ClientSession {
  readonly document: Document;
  readonly site: Site;
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly outbox: CommandOutbox;
  readonly peers = new Peers();
  readonly counters: SessionCounters = {
    packetsSent: 0,
    bytesSent: 0,
    packetsReceived: 0,
    bytesReceived: 0,
    rejected: 0,
    rateLimitDrops: 0,
    replayRejections: 0,
    payloadGuardDrops: 0,
    faults: 0,
    verifyMs: 0,
    compressionRatio: 1,
  };
  status: SessionStatus = 'connecting';
  role: RoleName = 'viewer';
  transport: TransportKind | undefined;
  rttMs: number | undefined;
  jitterMs = 0;
  uploadToken = '';
  /** Why it is not connected, in words; its code says whether it goes on trying. */
  problem: ThetaError | undefined;
  /** Own peer number on the server, 0 before the first welcome. */
  peer = 0;
  onChange: () => void = () => undefined;
  onPresence: (presence: Presence) => void = () => undefined;
  /** What the server or this page would not do, in words. */
  onNotice: (code: string, message: string) => void = () => undefined;

  readonly #options: ClientSessionOptions;
  readonly #sender: PacketSender;
  readonly #history: HistoryKeeper | undefined;
  readonly #ephemerals = new Map<number, (outcome: CommandOutcome) => void>();
  #position: LogPosition = NOTHING_YET;
  #link: Link | undefined;
  #sessionKey: Bytes = new Uint8Array(0);
  #snapshot: SnapshotReceiver | undefined;
  #held: ServerPayload[] = [];
  #work: Promise<void> = Promise.resolve();
  #stored: Map<number, SealedPacket> | undefined;
  #joinedOnce = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;
  #stopped = false;
  #ephemeralId = 0;
  #name: string;

  constructor(options: ClientSessionOptions) {
    this.#options = options;
    this.#name = options.name;
    this.document = options.document ?? new Document();
    const author = options.signer.publicKey.subarray(0, AUTHOR_ID_BYTES);
    this.site = this.document.sites.intern(author, options.replica);
    this.log = new CommandLog(this.document, this.site);
    this.outbox = new CommandOutbox({
      document: this.document,
      site: this.site,
      signer: options.signer,
      session: options.sessionId,
      replica: options.replica,
      store: options.store,
      clock: options.clock,
      digest: async (bytes) => new Uint8Array(sha256(bytes)),
      onSealed: () => void this.#sender.pump(),
      onStoreError: (error) => this.onNotice('storage', messageOf(error)),
    });
    this.#sender = new PacketSender({
      outbox: this.outbox,
      clock: options.clock,
      uploadBlob: options.uploadBlob,
      onSent: ({ bytes }) => {
        this.counters.packetsSent += 1;
        this.counters.bytesSent += bytes.length;
      },
    });
    this.pipeline = new CommandPipeline({
      log: this.log,
      enqueue: (transaction) => this.outbox.enqueue(transaction),
      mayEdit: () => this.#joinedOnce && this.role !== 'viewer',
    });
    const { historyStore, clock } = options;
    this.#history = historyStore && new HistoryKeeper(this.log, this.pipeline, historyStore, clock);
    this.peers.onChange = () => this.onChange();
  }

  /** O2: of the last accepted entry that is applied. */
  get seq(): number {
    return this.log.seq;
  }

  /** The key that vouches for what the server says; empty before the first welcome. */
  get sessionKey(): Bytes {
    return this.#sessionKey;
  }

  /** Edits that are not acknowledged. */
  get pending(): number {
    return this.log.pending.length;
  }

  /** It has ended for a reason that trying again does not change. */
  get isOver(): boolean {
    return this.problem !== undefined && FINAL.has(this.problem.code);
  }

  /** Shows oneself under another name from now on: joins again, which loses nothing. */
  rename(name: string): void {
    this.#name = name;
    this.#retryMs = 0;
    this.#link?.close();
  }

  worldHash(): string {
    return worldHash(this.document);
  }

  /** Begins to connect, and goes on until `stop`. */
  async start(): Promise<void> {
    const stored = await this.#options.store.load();
    this.#stored = new Map(stored.map((packet) => [packet.nonce, packet]));
    for (const packet of stored) this.outbox.adopt(packet);
    void this.#connect();
  }

  /** Leaves the session; what is not acknowledged stays in the store. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry();
    await Promise.all([this.outbox.flush(), this.#history?.flush()]);
    this.#link?.close();
    this.#history?.dispose();
    this.outbox.dispose();
  }

  /** Shows others something (selection, tool). Settles when it is relayed. */
  showEphemeral(type: string, params: unknown): Issued {
    const definition = ephemeralDefinition(type);
    if (definition === undefined)
      throw new ThetaError('unknown_command', `There is no command "${type}".`);
    const op = definition.encode(this.document, parseParams(definition, params));
    this.#ephemeralId += 1;
    const id = this.#ephemeralId;
    const name = `ephemeral-${id}`;
    const outcome = new Promise<CommandOutcome>((resolve) => {
      const sent = this.#link?.send({ type: 'Ephemeral', value: { id, peer: 0, op } });
      if (sent && this.status === 'connected') this.#ephemerals.set(id, resolve);
      else resolve({ status: 'rejected', id: name, code: 'offline', reason: 'Not connected.' });
    });
    return { id: name, result: undefined, outcome };
  }

  /** Sends what one is doing now; lost without harm. */
  sendPresence(presence: Omit<Presence, 'peer'>): void {
    if (this.status !== 'connected') return;
    this.#link?.send({ type: 'Presence', value: { ...presence, peer: 0 } }, 'unreliable');
  }

  async #connect(): Promise<void> {
    if (this.#stopped) return;
    let transport: Transport;
    try {
      transport = await this.#options.connect();
    } catch (thrown) {
      const problem =
        thrown instanceof ThetaError ? thrown : new ThetaError('unreachable', messageOf(thrown));
      this.#onEnd(problem);
      return;
    }
    if (this.#stopped) {
      transport.close(0, '');
      return;
    }
    this.#snapshot = undefined;
    this.#held = [];
    const link: Link = new Link(
      transport,
      { ...this.#options, name: this.#name, position: this.#position },
      {
        onWelcome: (welcome, key) => this.#inTurn(link, () => this.#onWelcome(welcome, key)),
        onPayload: (payload, _lane, bytes) => {
          this.counters.packetsReceived += 1;
          this.counters.bytesReceived += bytes;
          if (payload.type === 'Presence') this.onPresence(payload.value);
          else this.#inTurn(link, () => this.#onPayload(link, payload));
        },
        onRtt: (rtt) => this.#onRtt(rtt),
        onEnd: (problem) => {
          if (this.#link === link) this.#onEnd(problem);
        },
      },
    );
    this.#link = link;
    this.transport = transport.kind;
    this.onChange();
  }

  /** What a link brings is dropped once the link has gone. */
  #inTurn(link: Link, step: () => void | Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#link !== link) return;
      try {
        await step();
      } catch (thrown) {
        this.#onBadServer(link, thrown);
      }
    });
  }

  /** Whatever the server sent that does not hold is not applied; the document is fetched anew. */
  #onBadServer(link: Link, thrown: unknown): void {
    this.counters.faults += 1;
    const problem =
      thrown instanceof ThetaError ? thrown : new ThetaError('failed', messageOf(thrown));
    this.#position = NOTHING_YET;
    this.onNotice(problem.code, problem.message);
    link.abandon(problem);
  }

  #onWelcome(welcome: WelcomeBody, sessionKey: Bytes): void {
    this.#sessionKey = sessionKey;
    this.peer = welcome.peer;
    this.role = roleName(welcome.role);
    this.uploadToken = welcome.uploadToken;
    this.log.observe(welcome.lamport);
    this.outbox.raiseNonce(welcome.nextNonce);
    if (welcome.snapshot) this.#snapshot = new SnapshotReceiver();
    else if (welcome.index === 0) {
      // D3: a server without a log has no part of what this page may have had of an earlier one.
      this.log.rebase(() => this.document.clear());
      this.log.seq = 0;
      this.#position = { epoch: welcome.epoch, index: 0, seq: 0, head: welcome.head };
    }
    this.onChange();
  }

  /** While a snapshot is on its way, what comes after it waits. */
  async #onPayload(link: Link, payload: ServerPayload): Promise<void> {
    if (payload.type === 'SnapshotBegin' || payload.type === 'SnapshotChunk') {
      await this.#onSnapshotPart(link, payload);
    } else if (this.#snapshot) this.#held.push(payload);
    else await this.#handle(link, payload);
  }

  async #onSnapshotPart(
    link: Link,
    payload: Extract<ServerPayload, { type: 'SnapshotBegin' | 'SnapshotChunk' }>,
  ): Promise<void> {
    const receiver = this.#snapshot;
    if (receiver === undefined) return;
    const complete =
      payload.type === 'SnapshotBegin'
        ? receiver.begin(payload.value)
        : receiver.add(payload.value);
    if (!complete) return;
    const { verifier, decompress } = this.#options;
    const { header, bytes } = await receiver.finish(verifier, this.#sessionKey, decompress);
    this.pipeline.history.freeze(new Set(this.log.pending));
    this.log.rebase(() => {
      this.document.clear();
      this.log.observe(readSnapshot(this.document, bytes).lamport);
    });
    this.log.seq = header.seq;
    this.counters.compressionRatio = header.size / Math.max(1, header.compressedSize);
    const { epoch, index, seq, head } = header;
    this.#position = { epoch, index, seq, head };
    this.#snapshot = undefined;
    const held = this.#held;
    this.#held = [];
    for (const each of held) await this.#handle(link, each);
  }

  async #handle(link: Link, payload: ServerPayload): Promise<void> {
    switch (payload.type) {
      case 'Judged':
        return this.#onJudged(payload.value.judgement);
      case 'Accepted':
        return this.#onAccepted(payload.value.judgement, payload.value.packet);
      case 'Expected':
        return this.#sender.rewind(payload.value.nonce);
      case 'Dropped':
        return this.#onDropped(payload.value);
      case 'CaughtUp':
        return this.#onCaughtUp(link);
      case 'PeerJoined':
        return this.peers.joined(payload.value.info);
      case 'PeerLeft':
        return this.peers.left(payload.value.peer);
      case 'Ephemeral':
        return this.peers.shown(this.document, payload.value);
      case 'Relayed': {
        const { id, ok, reason } = payload.value;
        const name = `ephemeral-${id}`;
        this.#ephemerals.get(id)?.(
          ok ? { status: 'accepted', id: name } : { status: 'rejected', id: name, code: reason },
        );
        this.#ephemerals.delete(id);
        return;
      }
      case 'RoleChanged':
        this.role = roleName(payload.value.role);
        return this.onChange();
    }
  }

  /** The answer to one's own packet. */
  async #onJudged(bytes: Bytes): Promise<void> {
    const judgement = await this.#verified(bytes);
    const known = judgement.index <= this.#position.index;
    if (!known) this.#position = follow(this.#position, undefined, judgement);
    this.#settleOwn(judgement, known);
  }

  async #onAccepted(judgementBytes: Bytes, packetBytes: Bytes): Promise<void> {
    const judgement = await this.#verified(judgementBytes);
    if (judgement.index <= this.#position.index) return;
    const { verifier, fetchBlob, signer, replica } = this.#options;
    const own = judgement.replica === replica && equalBytes(judgement.author, signer.publicKey);
    if (own && this.#transactionsOf(judgement.nonce).length > 0) {
      this.#position = follow(this.#position, undefined, judgement);
      this.#settleOwn(judgement, false);
      return;
    }
    const packet = await openAccepted(verifier, judgement, packetBytes);
    const transactions = await readPacketEntries(this.document, packet, fetchBlob);
    this.#position = follow(this.#position, undefined, judgement);
    this.log.receive(withRulings(transactions, judgement.verdicts));
    if (own) {
      this.#stored?.delete(judgement.nonce);
      void this.outbox.settle(judgement.nonce);
    }
    this.pipeline.changed();
  }

  async #verified(bytes: Bytes): Promise<JudgementBody> {
    const { verifier, clock } = this.#options;
    const before = clock.now();
    const judgement = await openJudgement(verifier, this.#sessionKey, bytes);
    this.counters.verifyMs = clock.now() - before;
    return judgement;
  }

  #transactionsOf(nonce: number): LocalTransaction[] {
    return this.log.pending.filter((transaction) => transaction.nonce === nonce);
  }

  /** @param known whether the document has it already, through a snapshot */
  #settleOwn({ nonce, verdicts, firstSeq }: JudgementBody, known: boolean): void {
    const transactions = this.#transactionsOf(nonce);
    this.#stored?.delete(nonce);
    void this.outbox.settle(nonce);
    if (transactions.length > 0) {
      let at = 0;
      const rulings = transactions.map(({ entries }) => {
        at += entries.length;
        return verdicts.slice(at - entries.length, at);
      });
      this.log.settle(transactions, rulings, known);
      this.pipeline.settled(transactions, rulings, firstSeq);
      for (const transaction of transactions) void this.#report(transaction);
    }
    void this.#sender.pump();
    this.onChange();
  }

  async #report(transaction: LocalTransaction): Promise<void> {
    const { status, reason = '', code = '' } = await transaction.outcome;
    if (status !== 'rejected') return;
    this.counters.rejected += 1;
    this.onNotice(code, `${transaction.label}: ${reason}`);
  }

  #onDropped({
    nonce,
    code,
    message,
    retryMs,
  }: {
    nonce: number;
    code: string;
    message: string;
    retryMs: number;
  }): void {
    if (code === 'rate') {
      this.counters.rateLimitDrops += 1;
      this.#sender.hold(nonce, retryMs);
      return;
    }
    this.counters.faults += 1;
    if (code === 'replay') this.counters.replayRejections += 1;
    if (code === 'too_large') this.counters.payloadGuardDrops += 1;
    this.onNotice(code, message);
  }

  async #onCaughtUp(link: Link): Promise<void> {
    this.#adoptStored();
    if (!this.#joinedOnce) await this.#history?.restore();
    this.#joinedOnce = true;
    this.status = 'connected';
    this.problem = undefined;
    this.#retryMs = FIRST_RETRY_MS;
    this.#raiseCounter();
    this.#sender.attach(link);
    this.pipeline.changed();
    this.onChange();
  }

  /** D2: what an earlier page of this replica left without a verdict becomes pending again. */
  #adoptStored(): void {
    const stored = [...(this.#stored?.values() ?? [])].sort((a, b) => a.nonce - b.nonce);
    this.#stored = undefined;
    for (const packet of stored) {
      const { body } = openPacket(packet.bytes);
      const bytes = body.entries ?? packet.blob?.bytes;
      if (bytes === undefined) continue;
      const limits = body.entries ? INLINE_ENTRIES_LIMITS : BLOB_ENTRIES_LIMITS;
      const by = this.document.sites.identityOf(this.site);
      const read = decodeEntries(this.document, by, body.lamport, bytes, limits);
      for (const { label, entries } of read) {
        const transaction = new LocalTransaction(entryName(this.document, entries), label, entries);
        transaction.nonce = packet.nonce;
        this.log.adopt(transaction);
      }
    }
  }

  /** Ids that this replica has minted, in whatever page, are not minted again. */
  #raiseCounter(): void {
    for (const entity of this.document.entities()) {
      const id = this.document.idOf(entity);
      if (siteOf(id) === this.site) this.pipeline.raiseCounter(counterOf(id));
    }
  }

  #onRtt(rtt: number): void {
    // RFC 3550's estimate: a sixteenth of each difference.
    if (this.rttMs !== undefined) {
      this.jitterMs += (Math.abs(rtt - this.rttMs) - this.jitterMs) / 16;
    }
    this.rttMs = rtt;
    this.onChange();
  }

  #onEnd(problem: ThetaError): void {
    this.#link = undefined;
    this.#sender.detach();
    this.peers.clear();
    for (const [id, settle] of this.#ephemerals) {
      settle({
        status: 'rejected',
        id: `ephemeral-${id}`,
        code: 'offline',
        reason: 'Not connected.',
      });
    }
    this.#ephemerals.clear();
    if (this.#stopped) return;
    this.status = 'offline';
    this.problem = problem;
    this.rttMs = undefined;
    this.onChange();
    if (FINAL.has(problem.code)) return;
    const { clock, random } = this.#options;
    const wait = this.#retryMs * (0.5 + random.next());
    this.#retryMs = Math.min(Math.max(this.#retryMs * 2, FIRST_RETRY_MS), LAST_RETRY_MS);
    this.#cancelRetry = clock.setTimer(() => void this.#connect(), wait);
  }
}
