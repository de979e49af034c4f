import type { CommandLog } from '../../commands/log.ts';
import type { CommandOutbox } from '../../commands/outbox.ts';
import type { CommandPipeline } from '../../commands/pipeline.ts';
import { ThetaError } from '../../shared/errors.ts';
import { type Fault, FaultyPackets } from './faulty-packets.ts';
import type { LogFollower } from './log-follower.ts';
import type { Tray } from './tray.ts';

export interface ResumptionOptions {
  readonly log: CommandLog;
  readonly pipeline: CommandPipeline;
  readonly outbox: CommandOutbox;
  readonly follower: LogFollower;
  readonly tray: Tray;
  readonly onNotice: (code: string, message: string) => void;
}

/** D2, D3: agreeing with the server, whenever it has let us in, on what it still has to get. */
export class Resumption {
  readonly #options: ResumptionOptions;
  readonly #faulty = new FaultyPackets();

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

  /**
   * What waits has the nonces that the server waits for: a packet that it will not read goes into the
   * tray, and those after it, or after nonces that the server does not know of, are numbered anew.
   */
  async agree(): Promise<void> {
    const { outbox, log, follower } = this.#options;
    const { expectedNonce } = follower;
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
