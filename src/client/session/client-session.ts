import { sha256 } from '@noble/hashes/sha2.js';
import { ephemeralDefinition } from '../../commands/ephemeral.ts';
import type { LocalTransaction } from '../../commands/local-transaction.ts';
import { CommandLog } from '../../commands/log.ts';
import { CommandOutbox, type OutboxStore, type SealedPacket } from '../../commands/outbox.ts';
import { CommandPipeline, type Issued } from '../../commands/pipeline.ts';
import { parseParams } from '../../commands/registry.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { Document } from '../../ecs/document/document.ts';
import { AUTHOR_ID_BYTES, type Site } from '../../ecs/document/sites.ts';
import type {
  Dropped,
  Presence,
  ServerPayload,
  WelcomeBody,
} from '../../protocol/generated/types.ts';
import { worldHash } from '../../replication/document-codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { Random } from '../../shared/random.ts';
import type { Transport, TransportKind } from '../../transport/transport.ts';
import { EphemeralCalls } from './ephemeral-calls.ts';
import { HistoryKeeper, type HistoryStore } from './history-keeper.ts';
import { Link } from './link.ts';
import { LogFollower } from './log-follower.ts';
import { PacketSender } from './packet-sender.ts';
import { Peers, type RoleName, roleName } from './peers.ts';
import { createCounters, type SessionCounters } from './session-counters.ts';

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

const FAULT_RETRY_MS = 10_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 10_000;

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
  readonly counters: SessionCounters = createCounters();
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
  readonly #ephemerals = new EphemeralCalls();
  readonly #follower: LogFollower;
  #link: Link | undefined;
  #held: ServerPayload[] = [];
  #work: Promise<void> = Promise.resolve();
  #joinedOnce = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;
  #stopped = false;
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
    this.#follower = new LogFollower({
      ...options,
      log: this.log,
      pipeline: this.pipeline,
      outbox: this.outbox,
      counters: this.counters,
      onSettled: (transactions) => this.#onSettled(transactions),
    });
    this.peers.onChange = () => this.onChange();
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
    this.#follower.remember(stored);
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
    return this.#ephemerals.call(op, this.status === 'connected' ? this.#link : undefined);
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
    this.#follower.begin();
    this.#held = [];
    const link: Link = new Link(
      transport,
      { ...this.#options, name: this.#name, position: this.#follower.position },
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
    this.#follower.forget();
    this.onNotice(problem.code, problem.message);
    link.abandon(problem);
  }

  #onWelcome(welcome: WelcomeBody, sessionKey: Bytes): void {
    this.#follower.welcome(welcome, sessionKey);
    this.peer = welcome.peer;
    this.role = roleName(welcome.role);
    this.uploadToken = welcome.uploadToken;
    this.onChange();
  }

  /** While a snapshot is on its way, what comes after it waits. */
  async #onPayload(link: Link, payload: ServerPayload): Promise<void> {
    if (payload.type === 'SnapshotBegin' || payload.type === 'SnapshotChunk') {
      if (!(await this.#follower.snapshotPart(payload))) return;
      const held = this.#held;
      this.#held = [];
      for (const each of held) await this.#handle(link, each);
    } else if (this.#follower.awaitsSnapshot) this.#held.push(payload);
    else await this.#handle(link, payload);
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
        return this.peers.joined(payload.value.info);
      case 'PeerLeft':
        return this.peers.left(payload.value.peer);
      case 'Ephemeral':
        return this.peers.shown(this.document, payload.value);
      case 'Relayed':
        return this.#ephemerals.relayed(payload.value);
      case 'RoleChanged':
        this.role = roleName(payload.value.role);
        return this.onChange();
    }
  }

  #onSettled(transactions: readonly LocalTransaction[]): void {
    for (const transaction of transactions) void this.#report(transaction);
    void this.#sender.pump();
    this.onChange();
  }

  async #report(transaction: LocalTransaction): Promise<void> {
    const { status, reason = '', code = '' } = await transaction.outcome;
    if (status !== 'rejected') return;
    this.counters.rejected += 1;
    this.onNotice(code, `${transaction.label}: ${reason}`);
  }

  #onDropped({ nonce, code, message, retryMs }: Dropped): void {
    if (code === 'rate') {
      this.counters.rateLimitDrops += 1;
      this.#sender.hold(nonce, retryMs);
      return;
    }
    this.counters.faults += 1;
    // The next attempt would end as this one did: without a pause two that disagree would storm.
    this.#sender.holdAll(FAULT_RETRY_MS);
    if (code === 'replay') this.counters.replayRejections += 1;
    if (code === 'too_large') this.counters.payloadGuardDrops += 1;
    this.onNotice(code, message);
  }

  async #onCaughtUp(link: Link): Promise<void> {
    this.#follower.adoptStored();
    if (!this.#joinedOnce) await this.#history?.restore();
    this.#joinedOnce = true;
    this.status = 'connected';
    this.problem = undefined;
    this.#retryMs = FIRST_RETRY_MS;
    this.#follower.raiseCounter();
    this.#sender.attach(link);
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
    this.#link = undefined;
    this.#sender.detach();
    this.peers.clear();
    this.#ephemerals.drop();
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
