import type { Document } from '../ecs/document/document.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import type { Entity } from '../ecs/entity.ts';
import { RevertDirection } from '../protocol/generated/types.ts';
import type { HistoryRevertOp } from './definitions/history-revert.ts';
import type { LocalTransaction } from './local-transaction.ts';
import { reversionOf } from './reversion.ts';

/** One step that can be taken back or done again. */
export interface HistoryStep {
  readonly label: string;
  /** The first entry of the step as it was first made. */
  readonly target: Stamp;
  /** How to take it back (on the undo stack) or do it again (on the redo stack), as of now. */
  reversion(): HistoryRevertOp;
  /** Whose journal it goes by, while this page knows it. */
  readonly transaction: LocalTransaction | undefined;
}

const MAX_STEPS = 500;

/** O5: the replica's own steps. */
export class History {
  readonly #undo: HistoryStep[] = [];
  readonly #redo: HistoryStep[] = [];
  readonly #listeners = new Set<() => void>();

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }
  get canRedo(): boolean {
    return this.#redo.length > 0;
  }
  get undoLabel(): string | undefined {
    return this.#undo.at(-1)?.label;
  }
  get redoLabel(): string | undefined {
    return this.#redo.at(-1)?.label;
  }
  /** Oldest first. */
  get undoSteps(): readonly HistoryStep[] {
    return this.#undo;
  }
  get redoSteps(): readonly HistoryStep[] {
    return this.#redo;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A new step: what was undone before it can no longer be redone. */
  push(step: HistoryStep): void {
    this.#redo.length = 0;
    this.#push(this.#undo, step);
  }

  /**
   * Whether taking back the last step takes this transaction back as well: the step is that of
   * `continued`, and the transaction changed nothing but what it had made.
   */
  covers({ journal }: LocalTransaction, continued: string | undefined): boolean {
    const last = this.#undo.at(-1)?.transaction;
    if (continued === undefined || last?.id !== continued || last.journal === undefined)
      return false;
    const made = new Set<Entity>();
    for (const image of last.journal.scoped) if (image.kind === 'created') made.add(image.entity);
    return (
      journal?.scoped.every(({ entity, kind }) => kind !== 'created' && made.has(entity)) ?? false
    );
  }

  takeUndo(): HistoryStep | undefined {
    return this.#take(this.#undo);
  }

  takeRedo(): HistoryStep | undefined {
    return this.#take(this.#redo);
  }

  pushUndone(step: HistoryStep): void {
    this.#push(this.#redo, step);
  }

  pushRedone(step: HistoryStep): void {
    this.#push(this.#undo, step);
  }

  /** Takes away the step of a transaction that was refused. */
  drop(transaction: LocalTransaction): void {
    for (const stack of [this.#undo, this.#redo]) {
      const at = stack.findIndex((step) => step.transaction === transaction);
      if (at >= 0) stack.splice(at, 1);
    }
    this.#tell();
  }

  /** Puts back the stacks of an earlier page of this replica. */
  restore(undo: readonly HistoryStep[], redo: readonly HistoryStep[]): void {
    this.#undo.splice(0, this.#undo.length, ...undo);
    this.#redo.splice(0, this.#redo.length, ...redo);
    this.#tell();
  }

  /**
   * Makes the steps of confirmed transactions independent of the entities' handles, before the
   * document is filled anew. Pending transactions are applied anew, and their steps follow.
   */
  freeze(pending: ReadonlySet<LocalTransaction>): void {
    for (const stack of [this.#undo, this.#redo]) {
      for (const [i, step] of stack.entries()) {
        if (step.transaction === undefined || pending.has(step.transaction)) continue;
        const op = step.reversion();
        stack[i] = { ...step, transaction: undefined, reversion: () => op };
      }
    }
  }

  #push(stack: HistoryStep[], step: HistoryStep): void {
    stack.push(step);
    if (stack.length > MAX_STEPS) stack.shift();
    this.#tell();
  }

  #take(stack: HistoryStep[]): HistoryStep | undefined {
    const step = stack.pop();
    if (step) this.#tell();
    return step;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A step on the undo stack, whose transaction this page made. */
export function stepOf(document: Document, transaction: LocalTransaction): HistoryStep {
  return stepFrom(
    document,
    transaction,
    transaction.label,
    transaction.target,
    RevertDirection.undo,
  );
}

/** A step that takes `transaction` back: an edit, an undo or a redo. */
export function stepFrom(
  document: Document,
  transaction: LocalTransaction,
  label: string,
  target: Stamp,
  direction: RevertDirection,
): HistoryStep {
  return {
    label,
    target,
    transaction,
    reversion() {
      const { journal } = transaction;
      if (journal === undefined) return { direction, target, places: [], components: [] };
      return reversionOf(document, journal, direction, target);
    },
  };
}
