import type { LocalTransaction } from '../../commands/local-transaction.ts';
import type { CommandLog } from '../../commands/log.ts';
import type { CommandOutbox, SealedPacket } from '../../commands/outbox.ts';
import type { CommandPipeline } from '../../commands/pipeline.ts';
import type { WelcomeBody } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { type Fault, FaultyPackets } from './faulty-packets.ts';
import type { LastKnown } from './last-known.ts';
import type { LogFollower } from './log-follower.ts';
import { type GiveBack, giveBackLog, ownJudged, withEntries } from './lost-log.ts';
import { readOwnPacket } from './own-packet.ts';
import type { Tray } from './tray.ts';

export interface ResumptionOptions {
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly outbox: CommandOutbox;
  readonly follower: LogFollower;
  readonly tray: Tray;
  readonly lastKnown: LastKnown;
  readonly author: Bytes;
  readonly replica: number;
  /** D3: brings records back to a server that lost them. */
  readonly giveBack: GiveBack;
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
  readonly onNotice: (code: string, message: string) => void;
}

/** D2, D3: agreeing with the server, whenever it has let us in, on what it still has to get. */
export class Resumption {
  readonly #options: ResumptionOptions;
  readonly #faulty = new FaultyPackets();
  #isBehind = false;
  /** Own packets that were judged on a branch of the log that the server may not have. */
  #judged: readonly SealedPacket[] = [];

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  /**
   * The server would not read a packet.
   * @returns whether to join again: then, with nothing under way, it is set aside
   */
  blame(fault: Fault): boolean {
    return this.#faulty.count(fault);
  }

  /** The server says that its log is a beginning of what this replica has. */
  serverIsBehind(): void {
    this.#isBehind = true;
  }

  /**
   * D3: before the next try to join, a server that lacks a part of the log gets it. If something came
   * in between, this replica takes the server's log, and offers its own packets anew.
   */
  async restoreServer(): Promise<void> {
    if (!this.#isBehind) return;
    const { lastKnown, giveBack, follower } = this.#options;
    const index = await giveBackLog(lastKnown, giveBack);
    this.#isBehind = false;
    if (index >= follower.position.index) return;
    await this.#rememberJudged();
    follower.forget();
  }

  /** Before a snapshot takes the place of what this replica had. */
  async beforeSnapshot(welcome: WelcomeBody): Promise<void> {
    const { epoch, index } = this.#options.follower.position;
    if (welcome.snapshot && index > 0 && epoch === welcome.epoch) await this.#rememberJudged();
  }

  async #rememberJudged(): Promise<void> {
    const { lastKnown, author, replica } = this.#options;
    this.#judged = await ownJudged(lastKnown, author, replica);
  }

  /** D3: own packets that the server judged once and has no more are pending again, in their order. */
  async #takeUpLost(): Promise<void> {
    const { outbox, log, follower, fetchBlob } = this.#options;
    const judged = this.#judged;
    this.#judged = [];
    const waiting = new Set(outbox.packets.map(({ nonce }) => nonce));
    const lost = judged.filter(
      ({ nonce }) => nonce >= follower.expectedNonce && !waiting.has(nonce),
    );
    const transactions: LocalTransaction[] = [];
    for (const each of lost) {
      const packet = await withEntries(each, fetchBlob);
      transactions.push(...readOwnPacket(log, packet));
      await outbox.takeUp(packet);
    }
    if (transactions.length > 0) log.adoptFirst(transactions);
  }

  /**
   * What waits has the nonces that the server waits for: a packet that it will not read goes into the
   * tray, and those after it, or after nonces that the server does not know of, are numbered anew.
   */
  async agree(): Promise<void> {
    const { outbox, log, follower } = this.#options;
    const { expectedNonce } = follower;
    await this.#takeUpLost();
    const faulty = await this.#setAside();
    const unjudged = outbox.packets.find(({ nonce }) => nonce >= expectedNonce && nonce !== faulty);
    const next = unjudged?.nonce ?? outbox.nextNonce;
    if (faulty === undefined && next === expectedNonce) return;
    const renumbered = await outbox.renumber(expectedNonce, faulty);
    for (const transaction of log.pending) {
      const { nonce } = transaction;
      if (nonce !== undefined) transaction.nonce = renumbered.get(nonce) ?? nonce;
    }
  }

  /** Takes the steps of a packet that the server will not read out of the document, into the tray. */
  async #setAside(): Promise<number | undefined> {
    const { outbox, log, pipeline, follower, tray, onNotice } = this.#options;
    const fault = this.#faulty.take();
    if (fault === undefined) return undefined;
    const { nonce, code, message } = fault;
    // One that has been judged meanwhile gets its verdict.
    const judged = nonce < follower.expectedNonce && code !== 'replay';
    const packet = outbox.packets.find((each) => each.nonce === nonce);
    if (judged || packet === undefined) return undefined;
    const transactions = log.pending.filter((transaction) => transaction.nonce === nonce);
    if (transactions.length === 0) {
      await tray.keepUnreadable(nonce, packet.bytes, new ThetaError(code, message));
    }
    log.withdraw(transactions);
    for (const transaction of transactions) {
      const outcome = { status: 'rejected', id: transaction.id, code, reason: message } as const;
      pipeline.withdrawn(transaction, outcome);
      await tray.keep(transaction, outcome);
    }
    onNotice(code, `An edit could not be sent, and is in the tray. ${message}`);
    return nonce;
  }
}
