import { type HistoryRevertOp, historyRevert } from '../../commands/definitions/history-revert.ts';
import { PARTLY, SUPERSEDED } from '../../commands/effect.ts';
import type { ReadEntry, ReadTransaction } from '../../commands/entries.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import { type Actor, actorOf, objectionTo } from '../../commands/permissions.ts';
import { Refusal } from '../../commands/refusal.ts';
import { applyTransaction } from '../../commands/transaction.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { Journal } from '../../ecs/document/journal.ts';
import { Reason, RevertDirection, Verdict } from '../../protocol/generated/types.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { RecentWrites } from './recent-writes.ts';

/** O1: how far an entry's clock may be above the server's. */
export const MAX_CLOCK_LEAD = 65_536;
/** S3: entities of one document, tombstones included. */
export const MAX_ENTITIES = 250_000;

/** What an entry is judged by besides the document. */
export interface JudgeContext {
  /** Whose packet it is. */
  readonly author: Bytes;
  /** D5: why a blob may not be named by an entry, or `none`. */
  readonly blobProblem: (digest: string) => Reason;
}

/** O2: judges entries in the order of their arrival, and applies what it accepts. */
export class Judge {
  readonly document: Document;
  /** O1: the highest clock of an accepted or superseded entry. */
  lamport = 0;
  readonly #sessionKey: Bytes;
  readonly #recent: RecentWrites;

  constructor(document: Document, sessionKey: Bytes) {
    this.document = document;
    this.#sessionKey = sessionKey;
    this.#recent = new RecentWrites(document);
  }

  /** One ruling for each entry; a transaction of which one is refused is refused whole. */
  judge(transactions: readonly ReadTransaction[], context: JudgeContext): Ruling[] {
    const rulings = transactions.flatMap((transaction) => this.#judgeOne(transaction, context));
    this.document.sweep();
    return rulings;
  }

  /** Applies a packet that was judged before, when a log is read again; false when it does not apply. */
  replay(transactions: readonly ReadTransaction[], rulings: readonly Ruling[]): boolean {
    let at = 0;
    for (const { entries } of transactions) {
      const from = at;
      at += entries.length;
      const accepted = entries.filter((_, i) => rulings[from + i]?.verdict === Verdict.accepted);
      const result = applyTransaction(this.document, accepted);
      if (result.refused) return false;
      // As when they were judged: the clocks of superseded entries count too.
      const stands = entries.some((_, i) => rulings[from + i]?.verdict !== Verdict.refused);
      if (stands) this.#take(entries, result.journal);
    }
    this.document.sweep();
    return true;
  }

  /** What an undo gives back is no new write: who wrote it replaced what he replaced then. */
  #take(entries: readonly ReadEntry[], journal: Journal): void {
    for (const { stamp } of entries) this.lamport = Math.max(this.lamport, stamp.lamport);
    const isRevert = entries.some(({ definition }) => definition === historyRevert);
    if (!isRevert) this.#recent.remember(journal);
  }

  #judgeOne({ entries }: ReadTransaction, context: JudgeContext): Ruling[] {
    // S2: as the transactions before it have left it, those of the same packet included.
    const actor = actorOf(this.document.governance, this.#sessionKey, context.author);
    for (const [i, entry] of entries.entries()) {
      const reason = this.#inadmissible(entry, actor, context);
      if (reason !== Reason.none) return refuseAll(entries, i, reason);
    }
    const result = applyTransaction(this.document, entries);
    if (result.refused) return refuseAll(entries, result.entry, result.reason);
    if (this.document.world.entityCount > MAX_ENTITIES) {
      this.document.rollBack(result.journal);
      this.document.sweep();
      return refuseAll(entries, 0, Reason.limit);
    }
    this.#take(entries, result.journal);
    return result.effects.map((effect) => {
      if (effect === SUPERSEDED)
        return { verdict: Verdict.superseded, reason: Reason.changedSince };
      const reason = effect === PARTLY ? Reason.changedSince : Reason.none;
      return { verdict: Verdict.accepted, reason };
    });
  }

  #inadmissible({ definition, op, stamp }: ReadEntry, actor: Actor, context: JudgeContext): Reason {
    const objection = objectionTo(this.document.governance, actor, definition.role);
    if (objection !== Reason.none) return objection;
    if (op instanceof Refusal) return op.reason;
    if (stamp.lamport > this.lamport + MAX_CLOCK_LEAD) return Reason.clockAhead;
    for (const { digest } of definition.blobs?.(op as never) ?? []) {
      const problem = context.blobProblem(digest);
      if (problem !== Reason.none) return problem;
    }
    if (definition === historyRevert) {
      const revert = op as HistoryRevertOp;
      const undo = revert.direction === RevertDirection.undo;
      if (undo && this.#recent.contradicts(revert)) return Reason.changedSince;
    }
    return Reason.none;
  }
}

function refuseAll(entries: readonly ReadEntry[], at: number, reason: Reason): Ruling[] {
  return entries.map((_, i) => ({
    verdict: Verdict.refused,
    reason: i === at ? reason : Reason.transaction,
  }));
}
