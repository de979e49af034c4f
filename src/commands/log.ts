import type { Document } from '../ecs/document/document.ts';
import type { Journal } from '../ecs/document/journal.ts';
import type { Site } from '../ecs/document/sites.ts';
import { Verdict } from '../protocol/generated/types.ts';
import { ThetaError } from '../shared/errors.ts';
import { type Effect, SUPERSEDED } from './effect.ts';
import type { ReadTransaction } from './entries.ts';
import type { LocalTransaction, Ruling } from './local-transaction.ts';
import { Refusal } from './refusal.ts';
import { applyTransaction } from './transaction.ts';

/** A transaction of somebody with the server's answers, one an entry. */
export interface JudgedTransaction extends ReadTransaction {
  readonly rulings: readonly Ruling[];
}

/** What a transaction's entries did, and what their writes found. */
export interface Applied {
  readonly journal: Journal;
  readonly effects: readonly Effect[];
}

/**
 * A replica's view of the session's log: the document with every accepted entry applied in the order
 * of their numbers (O2), and the replica's own pending transactions on top of it (O4).
 *
 * Pending transactions are always applied right on the confirmed state, in the order of their making.
 * What arrives from others takes them off, goes below, and puts them on again; what the server
 * accepts of one's own is then already where it belongs.
 */
export class CommandLog {
  readonly document: Document;
  readonly site: Site;
  /** O1: the highest clock seen or given. */
  lamport = 0;
  /** O2: the number of the last accepted entry that is applied. */
  seq = 0;
  readonly #pending: LocalTransaction[] = [];

  constructor(document: Document, site: Site) {
    this.document = document;
    this.site = site;
  }

  get pending(): readonly LocalTransaction[] {
    return this.#pending;
  }

  /**
   * O4: applies a transaction of this replica at once.
   * @param applied what it did, where that has been done already, on top of all that is pending
   * @throws {Refusal} then nothing was done
   */
  append(transaction: LocalTransaction, applied?: Applied): void {
    const result = applied ?? this.#applyNow(transaction);
    for (const { stamp } of transaction.entries) this.observe(stamp.lamport);
    transaction.journal = result.journal;
    transaction.effects = result.effects;
    this.#pending.push(transaction);
  }

  /** Takes up a transaction that an earlier tab made and got no answer to, whatever it does now. */
  adopt(transaction: LocalTransaction): void {
    for (const { stamp } of transaction.entries) this.observe(stamp.lamport);
    this.#pending.push(transaction);
    this.#apply(transaction);
    this.document.sweep();
  }

  /** D3: takes up transactions that come before all that is pending, whatever they do now. */
  adoptFirst(transactions: readonly LocalTransaction[]): void {
    for (const { entries } of transactions) {
      for (const { stamp } of entries) this.observe(stamp.lamport);
    }
    this.#below(() => this.#pending.unshift(...transactions));
  }

  /** O1: one's next clock is above every one seen. */
  observe(lamport: number): void {
    if (lamport > this.lamport) this.lamport = lamport;
  }

  /**
   * Applies judged transactions of others, in the server's order.
   * @throws {ThetaError} `diverged` when an accepted entry cannot be applied: the document is no
   * longer the server's and must be fetched anew
   */
  receive(transactions: readonly JudgedTransaction[]): void {
    this.#below(() => {
      for (const transaction of transactions) this.#confirm(transaction);
    });
  }

  /**
   * Takes the server's answer to the oldest pending transactions.
   * @param confirmed whether their accepted entries are in the document already (a snapshot has them)
   */
  settle(
    transactions: readonly LocalTransaction[],
    rulings: readonly (readonly Ruling[])[],
    confirmed = false,
  ): void {
    const foreseen = transactions.every((transaction, i) =>
      isAsForeseen(transaction, rulings[i] as readonly Ruling[]),
    );
    const oldest = transactions.every((transaction, i) => this.#pending[i] === transaction);
    if (foreseen && oldest && !confirmed) {
      this.#pending.splice(0, transactions.length);
      this.#count(rulings.flat());
      return;
    }
    const settled = new Set(transactions);
    this.#below(() => {
      const kept = this.#pending.filter((each) => !settled.has(each));
      this.#pending.splice(0, this.#pending.length, ...kept);
      for (const [i, transaction] of transactions.entries()) {
        if (confirmed) continue;
        const { label, entries } = transaction;
        const judged = { label, entries, rulings: rulings[i] as readonly Ruling[] };
        transaction.journal = this.#confirm(judged);
      }
    });
  }

  /** Withdraws pending transactions that will not be sent. */
  withdraw(transactions: readonly LocalTransaction[]): void {
    const gone = new Set(transactions);
    this.#below(() => {
      const kept = this.#pending.filter((each) => !gone.has(each));
      this.#pending.splice(0, this.#pending.length, ...kept);
    });
  }

  /** Runs `change` on the confirmed state, with the pending transactions taken off meanwhile. */
  rebase(change: () => void): void {
    this.#below(change);
  }

  #applyNow(transaction: LocalTransaction): Applied {
    const result = applyTransaction(this.document, transaction.entries);
    this.document.sweep();
    if (result.refused) throw new Refusal(result.reason);
    return result;
  }

  #below(change: () => void): void {
    for (let i = this.#pending.length - 1; i >= 0; i--) {
      const { journal } = this.#pending[i] as LocalTransaction;
      if (journal) this.document.rollBack(journal);
    }
    try {
      change();
    } finally {
      for (const transaction of this.#pending) this.#apply(transaction);
      this.document.sweep();
    }
  }

  /** One that cannot be applied now waits without effect: the server's answer decides. */
  #apply(transaction: LocalTransaction): void {
    const result = applyTransaction(this.document, transaction.entries);
    transaction.journal = result.refused ? undefined : result.journal;
    transaction.effects = result.refused ? [] : result.effects;
  }

  #confirm(transaction: JudgedTransaction): LocalTransaction['journal'] {
    for (const { stamp } of transaction.entries) this.observe(stamp.lamport);
    const accepted = transaction.entries.filter(
      (_, i) => transaction.rulings[i]?.verdict === Verdict.accepted,
    );
    this.#count(transaction.rulings);
    if (accepted.length === 0) return undefined;
    const result = applyTransaction(this.document, accepted);
    if (!result.refused) return result.journal;
    throw new ThetaError('diverged', 'This page no longer has what the server has.');
  }

  #count(rulings: readonly Ruling[]): void {
    for (const { verdict } of rulings) if (verdict === Verdict.accepted) this.seq += 1;
  }
}

/** Whether the server found what we found when we applied it. */
function isAsForeseen(transaction: LocalTransaction, rulings: readonly Ruling[]): boolean {
  if (transaction.journal === undefined) return false;
  return transaction.effects.every((effect, i) => {
    const verdict = rulings[i]?.verdict;
    return verdict === (effect === SUPERSEDED ? Verdict.superseded : Verdict.accepted);
  });
}
