import type { Document } from '../ecs/document/document.ts';
import { type EntityId, entityId } from '../ecs/document/entity-id.ts';
import { Reason, RevertDirection, Verdict } from '../protocol/generated/types.ts';
import { type HistoryRevertOp, historyRevert } from './definitions/history-revert.ts';
import { Draft } from './draft.ts';
import { SUPERSEDED } from './effect.ts';
import { type Entry, entryName, type ReadEntry } from './entries.ts';
import { History, type HistoryStep, stepFrom, stepOf } from './history.ts';
import {
  type CommandOutcome,
  explain,
  LocalTransaction,
  type Ruling,
} from './local-transaction.ts';
import type { CommandLog } from './log.ts';
import type { RequiredRole } from './permissions.ts';
import { Refusal, refuse } from './refusal.ts';
import { newestDefinition } from './registry.ts';

/** A command or transaction on its way: visible already, its verdict still to come. */
export interface Issued {
  /** The first entry's id. */
  readonly id: string;
  /** Ids that it made. */
  readonly result: unknown;
  readonly outcome: Promise<CommandOutcome>;
}

/** What `transaction` hands to the one who fills it. */
export interface TransactionBuilder {
  /** Adds a command; later ones see what it did. Returns the ids that it made. */
  execute(type: string, params: unknown): unknown;
}

export interface PipelineOptions {
  readonly log: CommandLog;
  /** Where what was applied goes. */
  readonly enqueue: (transaction: LocalTransaction) => void;
  /** Why this replica may not issue a command that needs a role now, or `none`. */
  readonly objection: (needed: RequiredRole) => Reason;
  /** The highest counter that this replica has minted before. */
  readonly minted?: number;
}

/** The way of every edit: parameters → operations → visible at once (O4) → log, history, outbox. */
export class CommandPipeline {
  readonly document: Document;
  readonly history = new History();
  readonly #log: CommandLog;
  readonly #options: PipelineOptions;
  readonly #listeners = new Set<() => void>();
  readonly #retried = new WeakSet<LocalTransaction>();
  readonly #reverts = new WeakMap<LocalTransaction, HistoryStep>();
  #counter: number;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#log = options.log;
    this.document = options.log.document;
    this.#counter = options.minted ?? 0;
  }

  /** Edits without a verdict, one a transaction. */
  get pending(): number {
    return this.#log.pending.length;
  }

  /** Called after every change of the history or of what is pending. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    const stop = this.history.onChange(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  /** The highest that was minted. */
  get counter(): number {
    return this.#counter;
  }

  /** Minted counters go on above this one. */
  raiseCounter(counter: number): void {
    if (counter > this.#counter) this.#counter = counter;
  }

  /**
   * Carries out one command.
   * @throws {ThetaError} `invalid_params` or `unknown_command`; {Refusal} when it cannot be applied here
   */
  execute(type: string, params: unknown): Issued {
    const label = newestDefinition(type)?.label ?? type;
    return this.transaction(label, (builder) => builder.execute(type, params));
  }

  /**
   * Carries out several commands as one: one packet, one undo step, accepted whole or not at all.
   * What `build` throws, or a command that is refused here, undoes the others.
   *
   * @param label what people see in the history
   * @param continued id of a transaction that this one goes on with: while that is the last step, and
   *   only what it made is changed, both are that one step, since what it made goes with its undo
   */
  transaction(
    label: string,
    build: (builder: TransactionBuilder) => unknown,
    continued?: string,
  ): Issued {
    return this.#draft(label, build, continued);
  }

  /**
   * O4: makes a step that was refused once more, on the document as it is now.
   * @throws {Refusal} when it cannot be applied here
   */
  again(label: string, entries: readonly ReadEntry[]): Issued {
    return this.#draft(label, (draft) => {
      for (const entry of entries) draft.repeat(entry);
    });
  }

  #draft(label: string, build: (draft: Draft) => unknown, continued?: string): Issued {
    const draft = new Draft(this.#log, () => this.#mint(), this.#options.objection);
    try {
      build(draft);
    } catch (thrown) {
      draft.discard();
      throw thrown;
    }
    if (draft.entries.length === 0) return NOTHING;
    const transaction = this.#append(label, draft.entries, draft);
    const undoable = draft.entries.some(({ definition }) => definition.undoable !== false);
    if (undoable && !this.history.covers(transaction, continued)) {
      this.history.push(stepOf(this.document, transaction));
    }
    return transaction;
  }

  /** O5: takes back this replica's last step. Undefined when there is none. */
  undo(): Issued | undefined {
    const step = this.history.takeUndo();
    return step && this.#revert(step, RevertDirection.undo);
  }

  redo(): Issued | undefined {
    const step = this.history.takeRedo();
    return step && this.#revert(step, RevertDirection.redo);
  }

  /** Takes the server's answers to transactions of one packet, after the log has taken them. */
  settled(
    transactions: readonly LocalTransaction[],
    rulings: readonly (readonly Ruling[])[],
    firstSeq: number,
  ): void {
    let seq = firstSeq;
    for (const [i, transaction] of transactions.entries()) {
      const each = rulings[i] as readonly Ruling[];
      if (this.#retries(transaction, each)) continue;
      const outcome = transaction.settle(each, seq);
      if (outcome.seq !== undefined) seq = outcome.seq + 1;
      // What has had no effect has nothing to be taken back.
      if (outcome.status !== 'accepted') this.history.drop(transaction);
    }
    this.changed();
  }

  /** A transaction that will not be sent, after the log has withdrawn it. */
  withdrawn(transaction: LocalTransaction, outcome: CommandOutcome): void {
    transaction.settleAs(outcome);
    this.history.drop(transaction);
    this.changed();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #mint(): EntityId {
    this.#counter += 1;
    return entityId(this.#log.site, this.#counter);
  }

  #append(label: string, entries: readonly Entry[], draft?: Draft): LocalTransaction {
    const id = entryName(this.document, entries);
    const transaction = new LocalTransaction(id, label, entries, draft?.result);
    this.#log.append(transaction, draft);
    this.#options.enqueue(transaction);
    this.changed();
    return transaction;
  }

  #revert(step: HistoryStep, direction: RevertDirection): Issued {
    const objection = this.#options.objection(historyRevert.role);
    if (objection !== Reason.none) {
      this.#putBack(step, direction);
      refuse(objection);
    }
    const undo = direction === RevertDirection.undo;
    const label = `${undo ? 'Undo' : 'Redo'} ${step.label}`;
    const op = { ...step.reversion(), direction };
    const stamp = { lamport: this.#log.lamport + 1, site: this.#log.site };
    let transaction: LocalTransaction;
    try {
      transaction = this.#append(label, [{ definition: historyRevert, op, stamp }]);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return rejected(thrown);
    }
    if (transaction.effects[0] === SUPERSEDED) {
      // All of it has been changed since: nothing was done and nothing can be done again.
      return transaction;
    }
    this.#reverts.set(transaction, step);
    const opposite = undo ? RevertDirection.redo : RevertDirection.undo;
    const next = stepFrom(this.document, transaction, step.label, step.target, opposite);
    if (undo) this.history.pushUndone(next);
    else this.history.pushRedone(next);
    return transaction;
  }

  #putBack(step: HistoryStep, direction: RevertDirection): void {
    if (direction === RevertDirection.undo) this.history.pushRedone(step);
    else this.history.pushUndone(step);
  }

  /**
   * An undo that was made before its target was confirmed may carry what stood there before somebody
   * else's write came between. The server refuses it; with the confirmed values it is made again.
   */
  #retries(transaction: LocalTransaction, rulings: readonly Ruling[]): boolean {
    const step = this.#reverts.get(transaction);
    const stale = rulings[0]?.reason === Reason.changedSince && isRefused(rulings);
    if (step === undefined || !stale || this.#retried.has(transaction)) return false;
    const stamp = { lamport: this.#log.lamport + 1, site: this.#log.site };
    const { direction } = (transaction.entries[0] as Entry).op as HistoryRevertOp;
    const op = { ...step.reversion(), direction };
    this.history.drop(transaction);
    try {
      const entry = { definition: historyRevert, op, stamp };
      const again = this.#append(transaction.label, [entry]);
      this.#retried.add(again);
      void again.outcome.then((outcome) => transaction.settleAs(outcome));
      if (again.effects[0] !== SUPERSEDED) {
        const undo = direction === RevertDirection.undo;
        const opposite = undo ? RevertDirection.redo : RevertDirection.undo;
        const next = stepFrom(this.document, again, step.label, step.target, opposite);
        if (undo) this.history.pushUndone(next);
        else this.history.pushRedone(next);
      }
      return true;
    } catch (thrown) {
      if (thrown instanceof Refusal) return false;
      throw thrown;
    }
  }
}

function isRefused(rulings: readonly Ruling[]): boolean {
  return rulings.some(({ verdict }) => verdict === Verdict.refused);
}

const NOTHING: Issued = {
  id: '',
  result: undefined,
  outcome: Promise.resolve({ status: 'nothing', id: '' }),
};

function rejected(refusal: Refusal): Issued {
  const outcome: CommandOutcome = { status: 'rejected', id: '', ...explain(refusal.reason) };
  return { id: '', result: undefined, outcome: Promise.resolve(outcome) };
}
