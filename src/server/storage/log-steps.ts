import { operationsIn } from '../../commands/definition.ts';
import type { VersionNameOp } from '../../commands/definitions/version-name.ts';
import { versionName } from '../../commands/definitions/version-name.ts';
import { readHeads } from '../../commands/entry-heads.ts';
import { readJudgement } from '../../commands/judgement.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import { openPacket } from '../../commands/packet.ts';
import { definitionOf } from '../../commands/registry.ts';
import { decode } from '../../protocol/codec.ts';
import { Verdict } from '../../protocol/generated/types.ts';
import { INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import type { LogRecord, LogStep } from './storage.ts';

/** As much of a transaction as its step in the history needs. */
interface Labelled {
  readonly label: string;
  readonly entries: readonly { readonly definition: { readonly type: string }; op?: unknown }[];
}

/** Of a step whose entries are not at hand. */
const LARGE_EDIT = 'Large edit';

/** The steps of a packet: its transactions of which something was accepted. */
export function stepsOf(
  transactions: readonly Labelled[],
  rulings: readonly Ruling[],
  firstSeq: number,
): LogStep[] {
  const steps: LogStep[] = [];
  let at = 0;
  let seq = firstSeq - 1;
  for (const { label, entries } of transactions) {
    const own = rulings.slice(at, at + entries.length);
    at += entries.length;
    const accepted = own.filter(({ verdict }) => verdict === Verdict.accepted).length;
    if (accepted === 0) continue;
    seq += accepted;
    const first = entries[0];
    const type = first?.definition.type ?? '';
    const version = type === versionName.type ? (first?.op as VersionNameOp) : undefined;
    steps.push({ label, type, entries: accepted, seq, ...(version && { version }) });
  }
  return steps;
}

/** The steps of a record that was stored without them, by an earlier Theta. */
export function stepsOfRecord({ packet, judgement, firstSeq }: LogRecord): LogStep[] {
  const { body } = openPacket(packet);
  const { verdicts } = readJudgement(judgement);
  const unknown = verdicts.map(() => ({ definition: { type: '' } }));
  if (body.entries === undefined) {
    return stepsOf([{ label: LARGE_EDIT, entries: unknown }], verdicts, firstSeq);
  }
  const entries = decode('Entries', body.entries, INLINE_ENTRIES_LIMITS);
  const types = entries.runs.flatMap(({ ops }) =>
    Array.from({ length: operationsIn(ops) }, () => definitionOf(ops.type).type),
  );
  const transactions: { label: string; entries: { definition: { type: string } }[] }[] = [];
  const heads = readHeads(entries, body.lamport, INLINE_ENTRIES_LIMITS.vector);
  for (const [i, { transaction, label }] of heads.entries()) {
    transactions[transaction] ??= { label, entries: [] };
    transactions[transaction].entries.push({ definition: { type: types[i] ?? '' } });
  }
  return stepsOf(transactions, verdicts, firstSeq);
}
