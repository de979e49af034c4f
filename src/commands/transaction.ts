import type { Document } from '../ecs/document/document.ts';
import { Journal } from '../ecs/document/journal.ts';
import { Reason } from '../protocol/generated/types.ts';
import { ThetaError } from '../shared/errors.ts';
import type { Effect } from './effect.ts';
import type { ReadEntry } from './entries.ts';
import { Refusal } from './refusal.ts';

export type TransactionResult =
  | { readonly refused: false; readonly effects: readonly Effect[]; readonly journal: Journal }
  | { readonly refused: true; readonly entry: number; readonly reason: Reason };

/**
 * Applies entries in order, all or none: a refusal of one rolls the others back. The caller sweeps
 * the document when it has applied all that it has to.
 *
 * @returns what each entry did and what the writes found, or which entry was refused and why
 */
export function applyTransaction(
  document: Document,
  entries: readonly ReadEntry[],
): TransactionResult {
  const journal = new Journal();
  const effects: Effect[] = [];
  const outer = document.journal;
  document.journal = journal;
  try {
    for (const { definition, op, stamp } of entries) {
      if (op instanceof Refusal) throw op;
      effects.push(definition.apply(document, op as never, stamp));
    }
    return { refused: false, effects, journal };
  } catch (thrown) {
    document.journal = undefined;
    document.rollBack(journal);
    return { refused: true, entry: effects.length, reason: reasonOf(thrown) };
  } finally {
    document.journal = outer;
  }
}

function reasonOf(thrown: unknown): Reason {
  if (thrown instanceof Refusal) return thrown.reason;
  // A document that is full says so through the world and the table of sites.
  if (thrown instanceof ThetaError && ['world-full', 'limit'].includes(thrown.code)) {
    return Reason.limit;
  }
  throw thrown;
}
