import { sha256 } from '@noble/hashes/sha2.js';
import { PRESENCE_HEADSET } from '../../commands/capabilities.ts';
import { ephemeralDefinition } from '../../commands/ephemeral.ts';
import type { CommandOutcome, LocalTransaction } from '../../commands/local-transaction.ts';
import { CommandLog } from '../../commands/log.ts';
import type { KnownState } from '../../commands/log-audit.ts';
import { CommandOutbox } from '../../commands/outbox.ts';
import { objectionTo, type RequiredRole } from '../../commands/permissions.ts';
import { CommandPipeline, type Issued } from '../../commands/pipeline.ts';
import { plainPresence } from '../../commands/plain-presence.ts';
import { parseParams } from '../../commands/registry.ts';
import { Document } from '../../ecs/document/document.ts';
import { type Governance, roleOf } from '../../ecs/document/governance.ts';
import { AUTHOR_ID_BYTES, type Site } from '../../ecs/document/sites.ts';
import {
  type Dropped,
  type Presence,
  Reason,
  type ServerPayload,
  type WelcomeBody,
} from '../../protocol/generated/types.ts';
import type { MessageCodec } from '../../protocol/message-compression.ts';
import { worldHash } from '../../replication/document-codec.ts';
import { type Bytes, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Role } from '../../shared/roles.ts';
import type { TransportKind } from '../../transport/transport.ts';
import { presencesIn } from '../presence/presences.ts';
import { Connection, endsAccess, isFinal } from './connection.ts';
import { EphemeralCalls } from './ephemeral-calls.ts';
import { HistoryKeeper } from './history-keeper.ts';
import { LastKnown } from './last-known.ts';
import type { Link } from './link.ts';
import { LogFollower } from './log-follower.ts';
import { MessageTurns } from './message-turns.ts';
import { PacketSender } from './packet-sender.ts';
import { Peers } from './peers.ts';
import { Resumption } from './resumption.ts';
import { RungKeeper } from './rung-keeper.ts';
import { createCounters, type SessionCounters } from './session-counters.ts';
import type { ClientSessionOptions, SessionStatus } from './session-options.ts';
import { storageWords } from './storage-words.ts';
import { isLost, Tray } from './tray.ts';

const FAULT_RETRY_MS = 2000;
/** Refusals that say that somebody else was there first. */
const LOST_TO_OTHERS: ReadonlySet<string> = new Set([
  ...['scope_changed', 'changed_since', 'cycle', 'parent_deleted', 'no_such_entity'],
]);

/** A replica's part in a session: the document, the way of its edits, and what the server says. */
export class ClientSession {
  readonly document: Document;
  readonly site: Site;
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly outbox: CommandOutbox;
  readonly peers: Peers;
  readonly counters: SessionCounters = createCounters();
  /** O4: what the session did not take. */
  readonly tray: Tray;
  status: SessionStatus = 'connecting';
  /** There is something to see and edit: of the server, or what this browser last knew. */
  isOpen = false;
  transport: TransportKind | undefined;
  rttMs: number | undefined;
  jitterMs = 0;
  uploadToken = '';
  /** T3: those that were agreed on. */
  capabilities: readonly string[] = [];
  /** Why it is not connected, in words; its code says whether it goes on trying. */
  problem: ThetaError | undefined;
  /** Own peer number on the server, 0 before the first welcome. */
  peer = 0;
  onChange: () => void = () => undefined;
  /** What reads and writes compressed messages, from when it is there. */
  messages: MessageCodec | undefined;
  onPresence: (presence: Presence) => void = () => undefined;
  /** Somebody came, or came again on another connection or page. */
  onPeerJoined: (peer: number) => void = () => undefined;
  /** What the server or this page would not do, in words. */
  onNotice: (code: string, message: string) => void = () => undefined;

  readonly #options: ClientSessionOptions;
  readonly #sender: PacketSender;
  readonly #history: HistoryKeeper | undefined;
  readonly #lastKnown: LastKnown;
  readonly #ephemerals = new EphemeralCalls();
  readonly #follower: LogFollower;
  readonly #resumption: Resumption;
  readonly #turns: MessageTurns;
  readonly #connection: Connection;
  readonly #rungs: RungKeeper | undefined;
  readonly #key: string;
  #governance: Governance;
  readonly #whenConnected: (() => void)[] = [];
  #stopped = false;
  #name: string;

  constructor(options: ClientSessionOptions) {
    this.#options = options;
    this.#name = options.name;
    this.document = options.document ?? new Document();
    this.#key = toHex(options.signer.publicKey);
    this.#governance = this.document.governance;
    this.peers = new Peers((key) => roleOf(this.document.governance, key));
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
      used: () => ({ lamport: this.log.lamport, counter: this.pipeline.counter }),
      digest: async (bytes) => new Uint8Array(sha256(bytes)),
      onSealed: () => void this.#sender.pump(),
      onStoreError: (thrown) => this.#onStoreError(thrown),
    });
    this.#sender = new PacketSender({
      outbox: this.outbox,
      clock: options.clock,
      uploadBlob: options.uploadBlob,
      onSent: ({ bytes }) => {
        this.counters.packetsSent += 1;
        this.counters.bytesSent += bytes.length;
      },
      onLacking: () => this.#connection.renew(),
    });
    this.pipeline = new CommandPipeline({
      log: this.log,
      enqueue: (transaction) => this.outbox.enqueue(transaction),
      objection: (needed) => this.#objectionTo(needed),
    });
    const { log, pipeline } = this;
    const { historyStore, trayStore, lastKnownStore, clock } = options;
    this.#lastKnown = new LastKnown(lastKnownStore, clock);
    this.#history = historyStore && new HistoryKeeper(log, pipeline, historyStore, clock);
    this.tray = new Tray({
      log,
      pipeline,
      store: trayStore,
      clock,
      onStoreError: (thrown) => this.#onStoreError(thrown),
    });
    this.#follower = new LogFollower({
      ...options,
      log: this.log,
      pipeline: this.pipeline,
      outbox: this.outbox,
      counters: this.counters,
      lastKnown: this.#lastKnown,
      onSettled: (transactions) => this.#onSettled(transactions),
      onFreed: () => void this.#sender.pump(),
      onUnreadable: ({ nonce, bytes }, thrown) => this.tray.keepUnreadable(nonce, bytes, thrown),
    });
    this.#resumption = new Resumption({
      log,
      pipeline,
      outbox: this.outbox,
      follower: this.#follower,
      tray: this.tray,
      lastKnown: this.#lastKnown,
      author: options.signer.publicKey,
      replica: options.replica,
      giveBack: options.giveBack,
      fetchBlob: options.fetchBlob,
      onNotice: (code, message) => this.onNotice(code, message),
    });
    this.#turns = new MessageTurns({
      follower: this.#follower,
      current: () => this.#connection.link,
      onWelcome: (welcome, key) => this.#onWelcome(welcome, key),
      handle: (link, payload) => this.#handle(link, payload),
      onBadServer: (link, problem) => this.#onBadServer(link, problem),
    });
    const connection = this.#connectionOf(options);
    this.#connection = connection;
    const { ladder } = options;
    this.#rungs = ladder && new RungKeeper({ clock, ladder, connection });
    this.peers.onChange = () => this.onChange();
    this.pipeline.onChange(() => this.#followGovernance());
  }

  /** What one may do here, as the log says now. */
  get role(): Role {
    return roleOf(this.document.governance, this.#key) ?? 'viewer';
  }

  /** O2: of the last accepted entry that is applied. */
  get seq(): number {
    return this.log.seq;
  }

  /** The key that vouches for what the server says; empty before the first welcome. */
  get sessionKey(): Bytes {
    return this.#follower.sessionKey;
  }

  /** Edits that are not acknowledged. */
  get pending(): number {
    return this.log.pending.length;
  }

  /** It has ended for a reason that trying again does not change. */
  get isOver(): boolean {
    return this.problem !== undefined && isFinal(this.problem);
  }

  /** Shows oneself under another name from now on: joins again, which loses nothing. */
  rename(name: string): void {
    this.#name = name;
    this.#connection.renew();
  }

  /** Something about the network may have changed: looks at once. */
  lookAtConnection(): void {
    this.#connection.look();
  }

  /**
   * Waits for the connection after something failed that was asked with an upload token.
   * @returns whether another token has taken its place: then asking again is another matter
   */
  async rejoined(token: string): Promise<boolean> {
    while (this.status !== 'connected') {
      await new Promise<void>((resolve) => this.#whenConnected.push(resolve));
    }
    return this.uploadToken !== token;
  }

  worldHash(): string {
    return worldHash(this.document);
  }

  /** The document as the server has confirmed it, without what is pending, and where the log stands. */
  confirmed(): KnownState {
    let hash = '';
    this.log.rebase(() => {
      hash = worldHash(this.document);
    });
    return { index: this.#follower.position.index, worldHash: hash, source: 'this page' };
  }

  /** Opens with what this browser last knew, begins to connect, and goes on until `stop`. */
  async start(): Promise<void> {
    const [{ packets, used }, known] = await Promise.all([
      this.#options.store.load(),
      this.#lastKnown.load(),
      this.tray.restore(),
    ]);
    this.#follower.remember(packets);
    for (const packet of packets) this.outbox.adopt(packet);
    if (used !== undefined) {
      this.outbox.raiseNonce(used.nextNonce);
      this.log.observe(used.lamport);
      this.pipeline.raiseCounter(used.counter);
    }
    if (known && (await this.#follower.recall(known))) await this.#onDocument();
    void this.#connection.open();
  }

  /** Leaves the session; what is not acknowledged stays in the store. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#connection.stop();
    this.#rungs?.stop();
    await Promise.all([this.outbox.flush(), this.#history?.flush(), this.#lastKnown.flush()]);
    this.#connection.link?.close();
    this.#history?.dispose();
    this.outbox.dispose();
  }

  /** Shows others something (selection, tool). Settles when it is relayed. */
  showEphemeral(type: string, params: unknown): Issued {
    const definition = ephemeralDefinition(type);
    if (definition === undefined)
      throw new ThetaError('unknown_command', `There is no command "${type}".`);
    const op = definition.encode(this.document, parseParams(definition, params));
    return this.#ephemerals.call(
      op,
      this.status === 'connected' ? this.#connection.link : undefined,
    );
  }

  /** Sends what one is doing now; lost without harm. */
  sendPresence(presence: Omit<Presence, 'peer'>): void {
    if (this.status !== 'connected') return;
    const own = { ...presence, peer: 0 };
    const value = this.capabilities.includes(PRESENCE_HEADSET) ? own : plainPresence(own);
    this.#connection.link?.send({ type: 'Presence', value }, 'unreliable');
  }

  /** One for all links, so that it counts on. */
  async #loadMessages(): Promise<MessageCodec> {
    const load = this.#options.loadMessages;
    if (load === undefined) throw new Error('Messages are not compressed here.');
    this.messages ??= await load();
    return this.messages;
  }

  #connectionOf({ clock, random, connect }: ClientSessionOptions): Connection {
    return new Connection({
      clock,
      random,
      connect: async () => {
        await this.#resumption.restoreServer();
        return connect();
      },
      introduce: () => ({
        ...this.#options,
        loadMessages: this.#options.loadMessages && (() => this.#loadMessages()),
        name: this.#name,
        position: this.#follower.position,
      }),
      onOpen: ({ transport }) => {
        this.#follower.begin();
        this.#turns.begin();
        this.#sender.detach();
        this.peers.begin();
        this.transport = transport.kind;
        this.onChange();
      },
      onWelcome: (link, welcome, key) => this.#turns.welcome(link, welcome, key),
      onPayload: (link, payload, bytes) => {
        this.counters.packetsReceived += 1;
        this.counters.bytesReceived += bytes;
        if (payload.type === 'Presence') this.onPresence(payload.value);
        else if (payload.type === 'Presences')
          for (const each of presencesIn(payload.value)) this.onPresence(each);
        else this.#turns.take(link, payload);
      },
      onRtt: (rtt) => this.#onRtt(rtt),
      onDoubt: (link) => this.#rungs?.doubt(link),
      onEnd: (problem) => this.#onEnd(problem),
    });
  }

  /** Whatever the server sent that does not hold is not applied; the document is fetched anew. */
  #onBadServer(link: Link, problem: ThetaError): void {
    this.counters.faults += 1;
    if (problem.code === 'forged') this.counters.signatureRejections += 1;
    this.#follower.forget();
    this.onNotice(problem.code, problem.message);
    link.abandon(problem);
  }

  async #onWelcome(welcome: WelcomeBody, sessionKey: Bytes): Promise<void> {
    this.uploadToken = welcome.uploadToken;
    await this.#resumption.beforeSnapshot(welcome);
    this.#follower.welcome(welcome, sessionKey);
    this.peer = welcome.peer;
    this.capabilities = welcome.capabilities ?? [];
    this.onChange();
  }

  async #handle(link: Link, payload: ServerPayload): Promise<void> {
    switch (payload.type) {
      case 'Judged':
        return this.#follower.judged(payload.value.judgement);
      case 'Accepted':
        return this.#follower.accepted(payload.value);
      case 'Expected':
        return this.#sender.rewind(payload.value.nonce);
      case 'Dropped':
        return this.#onDropped(payload.value);
      case 'CaughtUp':
        return this.#onCaughtUp(link);
      case 'PeerJoined':
        this.onPeerJoined(payload.value.info.peer);
        return this.peers.joined(payload.value.info);
      case 'PeerLeft':
        return this.peers.left(payload.value.peer);
      case 'Ephemeral':
        return this.peers.shown(this.document, payload.value);
      case 'Relayed':
        return this.#ephemerals.relayed(payload.value);
    }
  }

  #objectionTo(needed: RequiredRole): Reason {
    if (!this.isOpen) return Reason.role;
    const { governance } = this.document;
    return objectionTo(governance, roleOf(governance, this.#key), needed);
  }

  /** S2: roles, links and the lock come with the log, one's own among them. */
  #followGovernance(): void {
    const { governance } = this.document;
    if (governance === this.#governance) return;
    this.#governance = governance;
    this.onChange();
  }

  #onSettled(transactions: readonly LocalTransaction[]): Promise<unknown> {
    const kept = Promise.all(transactions.map((each) => this.#report(each)));
    this.onChange();
    return kept;
  }

  /** O4: what was not taken goes into the tray, and its author is told. */
  async #report(transaction: LocalTransaction): Promise<void> {
    const outcome = await transaction.outcome;
    const { status, reason = '', code = '', id } = outcome;
    this.#countConflict(transaction, outcome);
    // One that was made again in another form speaks for itself.
    if (id !== transaction.id || !isLost(transaction, outcome)) return;
    if (status === 'rejected') this.counters.rejected += 1;
    const kept = this.tray.keep(transaction, outcome);
    this.onNotice(code, `${transaction.label}: ${reason}`);
    await kept;
  }

  #countConflict({ entries }: LocalTransaction, { status, code = '' }: CommandOutcome): void {
    const strategy = entries[0]?.definition.strategy;
    if (strategy === undefined) return;
    if (status === 'superseded' || (status === 'rejected' && LOST_TO_OTHERS.has(code)))
      this.counters.conflicts[strategy] += 1;
  }

  #onStoreError(thrown: unknown): void {
    this.onNotice('storage', storageWords(thrown));
  }

  #onDropped({ nonce, code, message, retryMs }: Dropped): void {
    if (code === 'rate') {
      this.counters.rateLimitDrops += 1;
      if (this.#sender.slow(nonce, retryMs)) this.onNotice(code, message);
      return;
    }
    this.counters.faults += 1;
    if (code === 'replay') this.counters.replayRejections += 1;
    if (code === 'bad_signature') this.counters.signatureRejections += 1;
    if (code === 'too_large') this.counters.payloadGuardDrops += 1;
    this.onNotice(code, message);
    const first = this.outbox.packets[0]?.nonce;
    if (first === undefined) return;
    // The next attempt would end as this one did: without a pause two that disagree would storm.
    this.#sender.holdAll(FAULT_RETRY_MS);
    // Nothing may be under way when what follows it is numbered anew.
    const fault = { nonce: nonce || first, code, message };
    if (this.#resumption.blame(fault)) this.#connection.renew();
  }

  /** There is a document: what an earlier page of this replica left goes on top of it. */
  async #onDocument(): Promise<void> {
    this.#follower.adoptStored();
    this.#follower.raiseCounter();
    if (this.isOpen) return;
    await this.#history?.restore();
    this.isOpen = true;
    this.pipeline.changed();
    this.onChange();
  }

  async #onCaughtUp(link: Link): Promise<void> {
    this.peers.settle();
    await this.#onDocument();
    await this.#resumption.agree();
    this.status = 'connected';
    this.problem = undefined;
    this.#connection.succeeded();
    for (const resolve of this.#whenConnected.splice(0)) resolve();
    this.#sender.attach(link);
    this.#ephemerals.resend(link);
    this.#rungs?.stand(link);
    this.pipeline.changed();
    this.onChange();
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
    this.#sender.detach();
    this.peers.clear();
    this.#ephemerals.drop();
    if (this.#stopped) return;
    this.status = 'offline';
    this.problem = problem;
    this.rttMs = undefined;
    // What one may not see any more does not stay in the browser; one's own edits do.
    if (endsAccess(problem)) void this.#lastKnown.forget();
    if (problem.code === 'log_behind') {
      this.#resumption.serverIsBehind();
      this.#connection.renew();
    }
    this.onChange();
  }
}
