import {
  follow,
  type LogPosition,
  openAccepted,
  openJudgement,
  readPacketEntries,
  withRulings,
} from '../../commands/judged-packet.ts';
import { readJudgement } from '../../commands/judgement.ts';
import type { LocalTransaction } from '../../commands/local-transaction.ts';
import type { CommandLog } from '../../commands/log.ts';
import type { CommandOutbox, SealedPacket } from '../../commands/outbox.ts';
import type { CommandPipeline } from '../../commands/pipeline.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { counterOf, siteOf } from '../../ecs/document/entity-id.ts';
import {
  type Accepted,
  type JudgementBody,
  type ServerPayload,
  Verdict,
  type WelcomeBody,
} from '../../protocol/generated/types.ts';
import { readSnapshot } from '../../replication/snapshot.ts';
import { type Bytes, equalBytes, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';
import { recallBase, recallRecord } from './compact-log.ts';
import type { KnownLog, LastKnown, LogBase } from './last-known.ts';
import { NOTHING_YET } from './link.ts';
import { readOwnPacket } from './own-packet.ts';
import type { SessionCounters } from './session-counters.ts';
import { SnapshotReceiver } from './snapshot-receiver.ts';

export interface LogFollowerOptions {
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly outbox: CommandOutbox;
  readonly counters: SessionCounters;
  readonly lastKnown: LastKnown;
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly replica: number;
  readonly clock: Clock;
  readonly decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>;
  readonly expectSnapshot?: (size: number) => void;
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  /** Own transactions have had their verdicts. Resolves when what came of them is stored. */
  readonly onSettled: (transactions: readonly LocalTransaction[]) => Promise<unknown>;
  /** A packet has left the outbox: the next may be sent. */
  readonly onFreed: () => void;
  /** A packet that an earlier page left makes no sense. Resolves when it is stored elsewhere. */
  readonly onUnreadable: (packet: SealedPacket, thrown: unknown) => Promise<unknown>;
}

export type SnapshotPart = Extract<ServerPayload, { type: 'SnapshotBegin' | 'SnapshotChunk' }>;

const EMPTY: Bytes = new Uint8Array(0);

/**
 * Follows the server's log: checks each judgement against the one before, and each packet against its
 * judgement (S1), and brings the document from one position to the next. What does not fit is thrown,
 * and nothing of it is applied.
 */
export class LogFollower {
  sessionKey: Bytes = new Uint8Array(0);
  /** D2: the nonce that the server waited for when it last welcomed this replica. */
  expectedNonce = 1;
  readonly #options: LogFollowerOptions;
  #position: LogPosition = NOTHING_YET;
  #snapshot: SnapshotReceiver | undefined;
  #stored = new Map<number, SealedPacket>();

  constructor(options: LogFollowerOptions) {
    this.#options = options;
  }

  /** D3: what this replica has of the log. */
  get position(): LogPosition {
    return this.#position;
  }

  /** A snapshot is on its way: what comes after it has to wait. */
  get awaitsSnapshot(): boolean {
    return this.#snapshot !== undefined;
  }

  /**
   * Opens with what this browser last knew, as far as it can be read.
   * @returns whether there is a document now
   */
  async recall({ base, records }: KnownLog): Promise<boolean> {
    const { log, lastKnown } = this.#options;
    try {
      this.#position = await recallBase(log, base, this.#options);
    } catch {
      // Damaged, or of another version: the server has it whole.
      this.#refill(() => undefined);
      return false;
    }
    this.sessionKey = base.sessionKey;
    for (const record of records) {
      try {
        this.#position = await recallRecord(log, this.#position, record, this.#options);
      } catch {
        break;
      }
      this.#recallOwn(record.judgement);
    }
    // One may need a blob that is not here while the server is away.
    lastKnown.continueAfter(this.#position.index);
    return true;
  }

  /** An own packet that was taken whole has no need to be sent again, if the page died before it knew. */
  #recallOwn(signed: Bytes): void {
    const judgement = readJudgement(signed);
    const whole = judgement.verdicts.every(({ verdict }) => verdict === Verdict.accepted);
    if (!this.#isOwn(judgement) || !whole || !this.#stored.delete(judgement.nonce)) return;
    void this.#options.outbox.settle(judgement.nonce);
  }

  #isOwn({ author, replica }: JudgementBody): boolean {
    const { signer, replica: ownReplica } = this.#options;
    return replica === ownReplica && equalBytes(author, signer.publicKey);
  }

  /** Packets that an earlier page left without a verdict; they become pending at `adoptStored`. */
  remember(stored: readonly SealedPacket[]): void {
    this.#stored = new Map(stored.map((packet) => [packet.nonce, packet]));
  }

  /** What it has is no longer trusted: the document is fetched anew. */
  forget(): void {
    this.#position = NOTHING_YET;
  }

  /** Another connection begins. */
  begin(): void {
    this.#snapshot = undefined;
  }

  welcome(welcome: WelcomeBody, sessionKey: Bytes): void {
    const { log, outbox } = this.#options;
    this.sessionKey = sessionKey;
    this.expectedNonce = welcome.nextNonce;
    log.observe(welcome.lamport);
    outbox.raiseNonce(welcome.nextNonce);
    if (welcome.snapshot) this.#snapshot = new SnapshotReceiver();
    else if (welcome.index === 0) {
      // D3: a server without a log has no part of what this page may have had of an earlier one.
      this.#refill(() => undefined);
      log.seq = 0;
      const { epoch, head } = welcome;
      this.#position = { epoch, index: 0, seq: 0, head };
      this.#keep(EMPTY, 0);
    }
  }

  /** Whether the snapshot is complete, and in the document. */
  async snapshotPart(part: SnapshotPart): Promise<boolean> {
    const receiver = this.#snapshot;
    if (receiver === undefined) return false;
    const { log, counters, verifier, decompress, expectSnapshot } = this.#options;
    let complete: boolean;
    if (part.type === 'SnapshotBegin') {
      complete = receiver.begin(part.value);
      expectSnapshot?.(receiver.size);
    } else complete = receiver.add(part.value);
    if (!complete) return false;
    const { header, bytes, compressed } = await receiver.finish(
      verifier,
      this.sessionKey,
      decompress,
    );
    this.#refill(() => log.observe(readSnapshot(log.document, bytes).lamport));
    counters.compressionRatio = header.size / Math.max(1, header.compressedSize);
    const { epoch, index, seq, head } = header;
    log.seq = seq;
    this.#position = { epoch, index, seq, head };
    this.#snapshot = undefined;
    this.#keep(compressed, header.size, header.plain ? 'none' : 'zstd');
    return true;
  }

  /** The answer to one's own packet. */
  async judged(bytes: Bytes): Promise<void> {
    const judgement = await this.#verified(bytes);
    const known = judgement.index <= this.#position.index;
    if (!known) this.#advance(judgement, bytes, this.#sealed(judgement.nonce));
    this.#settleOwn(judgement, known);
  }

  /** A packet of anybody, one's own included in catching up. */
  async accepted({ judgement: signed, packet: bytes }: Accepted): Promise<void> {
    const judgement = await this.#verified(signed);
    if (judgement.index <= this.#position.index) return;
    const { verifier, fetchBlob, log, outbox, pipeline } = this.#options;
    const own = this.#isOwn(judgement);
    const sealed = own ? this.#sealed(judgement.nonce) : undefined;
    if (sealed && equalBytes(sealed, bytes) && this.#transactionsOf(judgement.nonce).length > 0) {
      this.#advance(judgement, signed, bytes);
      this.#settleOwn(judgement, false);
      return;
    }
    const packet = await openAccepted(verifier, judgement, bytes);
    const transactions = await readPacketEntries(log.document, packet, fetchBlob);
    this.#advance(judgement, signed, bytes);
    log.receive(withRulings(transactions, judgement.verdicts));
    if (own && (sealed === undefined || equalBytes(sealed, bytes))) {
      this.#stored.delete(judgement.nonce);
      void outbox.settle(judgement.nonce);
      this.#options.onFreed();
    }
    pipeline.changed();
  }

  /** D2: what an earlier page of this replica left without a verdict becomes pending again. */
  adoptStored(): void {
    const { log, outbox, onUnreadable } = this.#options;
    const stored = [...this.#stored.values()].sort((a, b) => a.nonce - b.nonce);
    this.#stored.clear();
    for (const packet of stored) {
      try {
        for (const each of readOwnPacket(log, packet)) log.adopt(each);
      } catch (thrown) {
        if (!(thrown instanceof ThetaError)) throw thrown;
        void outbox.settle(packet.nonce, onUnreadable(packet, thrown));
      }
    }
  }

  /** Ids that this replica has minted, in whatever page, are not minted again. */
  raiseCounter(): void {
    const { log, pipeline } = this.#options;
    for (const entity of log.document.entities()) {
      const id = log.document.idOf(entity);
      if (siteOf(id) === log.site) pipeline.raiseCounter(counterOf(id));
    }
  }

  /** Puts another confirmed state below what is pending. */
  #refill(fill: () => void): void {
    const { log, pipeline } = this.#options;
    pipeline.history.freeze(new Set(log.pending));
    log.rebase(() => {
      log.document.clear();
      fill();
    });
  }

  /** One judged packet further. @throws {ThetaError} `diverged` when it is not the next one */
  #advance(judgement: JudgementBody, signed: Bytes, packet: Bytes | undefined): void {
    this.#position = follow(this.#position, judgement);
    this.#countAccepted(judgement);
    this.#options.lastKnown.append(judgement.index, signed, packet);
  }

  #countAccepted({ author, verdicts }: JudgementBody): void {
    const { acceptedByAuthor } = this.#options.counters;
    const accepted = verdicts.filter(({ verdict }) => verdict === Verdict.accepted).length;
    const key = toHex(author);
    acceptedByAuthor.set(key, (acceptedByAuthor.get(key) ?? 0) + accepted);
  }

  /** The bytes of an own packet that waits for its verdict. */
  #sealed(nonce: number): Bytes | undefined {
    return this.#options.outbox.packets.find((packet) => packet.nonce === nonce)?.bytes;
  }

  /** The document at this position, as the server sent it. */
  #keep(snapshot: Bytes, size: number, compression: LogBase['compression'] = 'none'): void {
    const { log, lastKnown } = this.#options;
    const { epoch, index, seq, head } = this.#position;
    const { sessionKey } = this;
    if (head === undefined) return;
    const place = { epoch, index, seq, head, lamport: log.lamport, sessionKey };
    lastKnown.begin({ ...place, snapshot, size, compression });
  }

  async #verified(bytes: Bytes): Promise<JudgementBody> {
    const { verifier, clock, counters } = this.#options;
    const before = clock.now();
    const judgement = await openJudgement(verifier, this.sessionKey, bytes);
    counters.verifyMs = clock.now() - before;
    return judgement;
  }

  #transactionsOf(nonce: number): LocalTransaction[] {
    return this.#options.log.pending.filter((transaction) => transaction.nonce === nonce);
  }

  /** @param known whether the document has it already, through a snapshot */
  #settleOwn({ nonce, verdicts, firstSeq }: JudgementBody, known: boolean): void {
    const { log, pipeline, outbox, lastKnown, onSettled, onFreed } = this.#options;
    const transactions = this.#transactionsOf(nonce);
    this.#stored.delete(nonce);
    if (transactions.length > 0) {
      let at = 0;
      const rulings = transactions.map(({ entries }) => {
        at += entries.length;
        return verdicts.slice(at - entries.length, at);
      });
      log.settle(transactions, rulings, known);
      pipeline.settled(transactions, rulings, firstSeq);
    }
    // What is acknowledged is in the packets or among the records, whenever the page dies.
    void outbox.settle(nonce, Promise.all([onSettled(transactions), lastKnown.flush()]));
    onFreed();
  }
}
