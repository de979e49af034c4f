import type { Entries } from '../protocol/generated/types.ts';
import { PackedReader, PackedWriter } from '../protocol/packed-bytes.ts';
import { createStructs, structOf } from '../protocol/struct-vector.ts';
import { ThetaError } from '../shared/errors.ts';
import type { Transaction } from './entries.ts';

const HEAD = structOf('EntryHead').offsets;

/** How far an entry's clock may be above its packet's: what sixteen bits hold. */
export const MAX_LAMPORT_SPAN = 0xffff;

/** An entry's clock and transaction. */
export interface EntryHead {
  readonly lamport: number;
  readonly transaction: number;
  readonly label: string;
}

type WrittenHeads = Pick<Entries, 'heads' | 'labels' | 'spans'>;

/** Transactions alike: so many, each of so many entries with clocks in a row, after a gap of clocks. */
interface Span {
  repeat: number;
  readonly entries: number;
  readonly label: number;
  readonly gap: number;
}

const writer = new PackedWriter();

/** Clocks and transactions of entries: as spans where each transaction's clocks are in a row. */
export function writeHeads(transactions: readonly Transaction[], base: number): WrittenHeads {
  const labels: string[] = [];
  const spans = spansOf(transactions, base, labels);
  if (spans === undefined) return writeEachHead(transactions, base);
  writer.reset();
  for (const { repeat, entries, label, gap } of spans) {
    for (const value of [repeat, entries, label, gap]) writer.varint(value);
  }
  return { heads: createStructs('EntryHead', 0), labels, spans: writer.finish() };
}

/** Collects distinct labels, too. Undefined where clocks are not in a row. */
function spansOf(
  transactions: readonly Transaction[],
  base: number,
  labels: string[],
): Span[] | undefined {
  const spans: Span[] = [];
  let next = base;
  for (const { label: text, entries } of transactions) {
    const first = entries[0]?.stamp.lamport ?? -1;
    const gap = first - next;
    if (gap < 0 || !areInARow(entries, first)) return undefined;
    const last = spans.at(-1);
    const isAlike = last?.entries === entries.length && last.gap === gap;
    if (isAlike && labels[last.label] === text) last.repeat += 1;
    else spans.push({ repeat: 1, entries: entries.length, label: placeOf(labels, text), gap });
    next = first + entries.length;
  }
  return spans;
}

function areInARow(entries: Transaction['entries'], first: number): boolean {
  for (let i = 1; i < entries.length; i++) {
    if (entries[i]?.stamp.lamport !== first + i) return false;
  }
  return true;
}

function placeOf(labels: string[], label: string): number {
  const known = labels.indexOf(label);
  return known >= 0 ? known : labels.push(label) - 1;
}

function writeEachHead(transactions: readonly Transaction[], base: number): WrittenHeads {
  const count = transactions.reduce((sum, { entries }) => sum + entries.length, 0);
  const heads = createStructs('EntryHead', count);
  let at = heads.offset;
  for (const [index, { entries }] of transactions.entries()) {
    for (const { stamp } of entries) {
      heads.view.setUint16(at + HEAD.lamport, stamp.lamport - base, true);
      heads.view.setUint16(at + HEAD.transaction, index, true);
      at += heads.stride;
    }
  }
  return { heads, labels: transactions.map(({ label }) => label) };
}

/**
 * The head of each entry, in their order: clocks rise, transactions follow each other from 0 on.
 * @param most how many entries there may be
 * @throws {ThetaError} `malformed_entries`
 */
export function readHeads(entries: WrittenHeads, base: number, most: number): EntryHead[] {
  const { heads, spans } = entries;
  if (spans !== undefined && heads.count > 0) malformed('It says its clocks twice.');
  const read = spans === undefined ? readEachHead(entries, base) : readSpans(entries, base, most);
  if (read.length === 0) malformed('It has no entries.');
  return read;
}

function readSpans({ spans = new Uint8Array(), labels }: WrittenHeads, base: number, most: number) {
  const reader = new PackedReader(spans);
  const heads: EntryHead[] = [];
  let clock = base;
  let transaction = 0;
  while (reader.left > 0) {
    const repeat = reader.varint();
    const entries = reader.varint();
    const label = labels?.[reader.varint()];
    const gap = reader.varint();
    if (label === undefined) malformed('A transaction has no label.');
    if (repeat === 0 || entries === 0) malformed('A transaction has no entries.');
    if (heads.length + repeat * entries > most) malformed('It has too many entries.');
    for (let i = 0; i < repeat; i++) {
      clock += gap;
      for (let k = 0; k < entries; k++) {
        heads.push({ lamport: clock, transaction, label });
        clock += 1;
      }
      transaction += 1;
    }
    if (clock - 1 - base > MAX_LAMPORT_SPAN) malformed('Its clocks are too far apart.');
  }
  return heads;
}

function readEachHead({ heads, labels }: WrittenHeads, base: number): EntryHead[] {
  const read: EntryHead[] = [];
  let clock = -1;
  let current = -1;
  for (let i = 0; i < heads.count; i++) {
    const at = heads.offset + i * heads.stride;
    const lamport = base + heads.view.getUint16(at + HEAD.lamport, true);
    if (lamport <= clock) malformed('Its clocks do not rise.');
    clock = lamport;
    const transaction = heads.view.getUint16(at + HEAD.transaction, true);
    if (transaction !== current && transaction !== current + 1) {
      malformed('Its transactions are not in order.');
    }
    current = transaction;
    read.push({ lamport, transaction, label: labels?.[transaction] ?? '' });
  }
  return read;
}

function malformed(message: string): never {
  throw new ThetaError('malformed_entries', message);
}
