import type { Journal } from '../ecs/document/journal.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import { Reason, Verdict } from '../protocol/generated/types.ts';
import type { Effect } from './effect.ts';
import type { Entry } from './entries.ts';
import { reasonName, reasonSentence } from './refusal.ts';

/** What came of a command, as callers get it. */
export interface CommandOutcome {
  readonly status: 'accepted' | 'superseded' | 'rejected' | 'nothing';
  /** The first entry's id; empty when there was nothing to do. */
  readonly id: string;
  /** O2: of the last accepted entry. */
  readonly seq?: number | undefined;
  readonly result?: unknown;
  /** In words, where it was not simply accepted. */
  readonly reason?: string | undefined;
  /** The same for programs, e.g. `scope_changed`. */
  readonly code?: string | undefined;
}

/** The server's answer to one entry. */
export interface Ruling {
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** One transaction of this replica, from its making to its verdict. */
export class LocalTransaction {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly result: unknown;
  /** Settles with the verdict. */
  readonly outcome: Promise<CommandOutcome>;
  /** What its writes found when they were last applied; undefined while it has no effect. */
  journal: Journal | undefined;
  effects: readonly Effect[] = [];
  /** D2: of the packet that it went into. */
  nonce: number | undefined;
  #settle: (outcome: CommandOutcome) => void = () => undefined;

  constructor(id: string, label: string, entries: readonly Entry[], result?: unknown) {
    this.id = id;
    this.label = label;
    this.entries = entries;
    this.result = result;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get target(): Stamp {
    return (this.entries[0] as Entry).stamp;
  }

  /** @param firstSeq of the first of its entries that was accepted */
  settle(rulings: readonly Ruling[], firstSeq: number): CommandOutcome {
    const outcome = this.#outcomeOf(rulings, firstSeq);
    this.#settle(outcome);
    return outcome;
  }

  /** For what never reached the server. */
  settleAs(outcome: CommandOutcome): void {
    this.#settle(outcome);
  }

  #outcomeOf(rulings: readonly Ruling[], firstSeq: number): CommandOutcome {
    const { id, result } = this;
    const refused =
      rulings.find(
        ({ reason, verdict }) => verdict === Verdict.refused && reason !== Reason.transaction,
      ) ?? rulings.find(({ verdict }) => verdict === Verdict.refused);
    if (refused) return { status: 'rejected', id, ...explain(refused.reason) };
    const accepted = rulings.filter(({ verdict }) => verdict === Verdict.accepted).length;
    if (accepted === 0) return { status: 'superseded', id, ...explain(Reason.changedSince) };
    const partly = rulings.find(({ reason }) => reason !== Reason.none);
    return {
      status: 'accepted',
      id,
      seq: firstSeq + accepted - 1,
      ...(result !== undefined && { result }),
      ...(partly && explain(partly.reason)),
    };
  }
}

export function explain(reason: Reason): { reason: string; code: string } {
  return { reason: reasonSentence(reason), code: reasonName(reason) };
}
