import type { VersionNameOp } from '../../commands/definitions/version-name.ts';
import { versionName } from '../../commands/definitions/version-name.ts';
import { readJudgement } from '../../commands/judgement.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import { openPacket } from '../../commands/packet.ts';
import { definitionOf } from '../../commands/registry.ts';
import { decode } from '../../protocol/codec.ts';
import { Verdict } from '../../protocol/generated/types.ts';
import { INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { structOf } from '../../protocol/struct-vector.ts';
import type { LogRecord, LogStep } from './storage.ts';

/** As much of a transaction as its step in the history needs. */
interface Labelled {
  readonly label: string;
  readonly entries: readonly { readonly definition: { readonly type: string }; op?: unknown }[];
}

const TRANSACTION = structOf('EntryHead').offsets.transaction;
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
  const { heads, runs, labels } = decode('Entries', body.entries, INLINE_ENTRIES_LIMITS);
  const types = runs.flatMap(({ ops }) => {
    const { items } = ops.value;
    const count = 'count' in items ? items.count : items.length;
    return Array.from({ length: count }, () => definitionOf(ops.type).type);
  });
  const transactions: { label: string; entries: { definition: { type: string } }[] }[] = [];
  for (let i = 0; i < heads.count; i++) {
    const at = heads.view.getUint16(heads.offset + i * heads.stride + TRANSACTION, true);
    transactions[at] ??= { label: labels?.[at] ?? '', entries: [] };
    transactions[at].entries.push({ definition: { type: types[i] ?? '' } });
  }
  return stepsOf(transactions, verdicts, firstSeq);
}
