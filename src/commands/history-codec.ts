import type { Document } from '../ecs/document/document.ts';
import type { Site } from '../ecs/document/sites.ts';
import { decode } from '../protocol/codec.ts';
import { BLOB_ENTRIES_LIMITS } from '../protocol/limits.ts';
import { type Bytes, equalBytes } from '../shared/bytes.ts';
import { type HistoryRevertOp, historyRevert } from './definitions/history-revert.ts';
import { decodeEntries, encodeEntries } from './entries.ts';
import type { HistoryStep } from './history.ts';

/** The stacks of a replica as they are kept between its pages: each step as the entry that it makes. */
export interface StoredHistory {
  readonly undo: readonly Bytes[];
  readonly redo: readonly Bytes[];
}

/** A stored step is an entry that was never sent: its clock says nothing. */
const UNSENT = 1;

const encoded = new WeakMap<HistoryStep, Bytes>();

/** A step as bytes. Those of a confirmed one do not change any more, and are made once. */
export function encodeStep(
  document: Document,
  site: Site,
  step: HistoryStep,
  final: boolean,
): Bytes {
  const known = encoded.get(step);
  if (known) return known;
  const stamp = { lamport: UNSENT, site };
  const entry = { definition: historyRevert, op: step.reversion(), stamp };
  const bytes = encodeEntries(document, site, UNSENT, [{ label: step.label, entries: [entry] }]);
  if (final) encoded.set(step, bytes);
  return bytes;
}

/**
 * The step that `encodeStep` wrote; undefined for one that this document cannot carry out.
 * @throws {DecodeError} for bytes that are no step
 */
export function decodeStep(document: Document, site: Site, bytes: Bytes): HistoryStep | undefined {
  const own = document.sites.identityOf(site);
  // Another replica of the same author may have written it: his identity was brought here since.
  const by = decode('Entries', bytes, BLOB_ENTRIES_LIMITS).sites[0];
  if (by === undefined || !equalBytes(by.author, own.author)) return undefined;
  const [transaction] = decodeEntries(document, by, UNSENT, bytes, BLOB_ENTRIES_LIMITS);
  const entry = transaction?.entries[0];
  if (entry === undefined || entry.op instanceof Error || entry.definition !== historyRevert) {
    return undefined;
  }
  const op = entry.op as HistoryRevertOp;
  const label = transaction?.label ?? '';
  return { label, target: op.target, transaction: undefined, reversion: () => op };
}
