import type { Document } from '../ecs/document/document.ts';
import type { Site, SiteIdentity } from '../ecs/document/sites.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import { decode, encode } from '../protocol/codec.ts';
import type { Entries, Run } from '../protocol/generated/types.ts';
import { Reason } from '../protocol/generated/types.ts';
import { INLINE_ENTRIES_LIMITS, type Limits } from '../protocol/limits.ts';
import { createStructs, structOf } from '../protocol/struct-vector.ts';
import { SiteReader, SiteWriter } from '../replication/wire/site-codec.ts';
import { WireFault } from '../replication/wire/wire-fault.ts';
import { type Bytes, equalBytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import type { AnyCommandDefinition } from './definition.ts';
import { Refusal } from './refusal.ts';
import { definitionOf } from './registry.ts';

/** A command in the log (or on its way there): its stamp is its id. */
export interface Entry {
  readonly definition: AnyCommandDefinition;
  readonly op: unknown;
  readonly stamp: Stamp;
}

/** What is accepted whole or not at all: one gesture of one author. */
export interface Transaction {
  readonly label: string;
  readonly entries: readonly Entry[];
}

/** An entry of a packet; `op` is a refusal where its values make no sense. */
export interface ReadEntry {
  readonly definition: AnyCommandDefinition;
  readonly op: unknown | Refusal;
  readonly stamp: Stamp;
}

export interface ReadTransaction {
  readonly label: string;
  readonly entries: readonly ReadEntry[];
}

/** The text form of a transaction's id: `<clock>-<author>-<replica>` of its first entry. */
export function entryName(document: Document, entries: readonly Pick<Entry, 'stamp'>[]): string {
  const { lamport, site } = (entries[0] as Entry).stamp;
  return `${lamport}-${document.sites.authorOf(site)}-${document.sites.replicaOf(site)}`;
}

const HEAD = structOf('EntryHead').offsets;

/** How far an entry's clock may be above its packet's: what sixteen bits hold. */
export const MAX_LAMPORT_SPAN = 0xffff;

/**
 * The entries of a packet (`schema/entries.fbs`).
 * @param base the packet's clock, at most `MAX_LAMPORT_SPAN` below each entry's
 */
export function encodeEntries(
  document: Document,
  site: Site,
  base: number,
  transactions: readonly Transaction[],
): Bytes {
  const sites = new SiteWriter(document.sites, site);
  const entries = transactions.flatMap((transaction) => transaction.entries);
  const heads = createStructs('EntryHead', entries.length);
  let at = heads.offset;
  for (const [index, transaction] of transactions.entries()) {
    for (const { stamp } of transaction.entries) {
      heads.view.setUint16(at + HEAD.lamport, stamp.lamport - base, true);
      heads.view.setUint16(at + HEAD.transaction, index, true);
      at += heads.stride;
    }
  }
  const runs = encodeRuns(document, entries, sites);
  const labels = transactions.map((transaction) => transaction.label);
  return encode('Entries', { sites: sites.table(), heads, runs, labels });
}

/** Neighbours of one type share a run. */
function encodeRuns(document: Document, entries: readonly Entry[], sites: SiteWriter): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < entries.length; ) {
    const { definition } = entries[from] as Entry;
    let to = from + 1;
    while (to < entries.length && entries[to]?.definition === definition) to += 1;
    const ops = entries.slice(from, to).map((entry) => entry.op as never);
    runs.push({ ops: definition.codec.encode(document, ops, sites) });
    from = to;
  }
  return runs;
}

/** An operation that waits to be read, and the head of its entry. */
interface Unread {
  readonly definition: AnyCommandDefinition;
  readonly read: () => unknown;
  readonly lamport: number;
  readonly transaction: number;
}

/**
 * Reads what `encodeEntries` wrote, from anybody. What is malformed as a whole is thrown, and then the
 * document has not heard of the author; an entry whose values make no sense comes as a refusal.
 *
 * @param by the packet's author and replica
 * @throws {DecodeError}, or {ThetaError} `malformed_entries`
 */
export function decodeEntries(
  document: Document,
  by: SiteIdentity,
  base: number,
  bytes: Bytes,
  limits: Limits = INLINE_ENTRIES_LIMITS,
): ReadTransaction[] {
  const entries = decode('Entries', bytes, limits);
  const own = entries.sites[0];
  if (own === undefined || own.replica !== by.replica || !equalBytes(own.author, by.author)) {
    malformed('Its first site is not the author of the packet.');
  }
  const unread = readHeads(document, base, entries);
  const site = document.sites.intern(by.author, by.replica);
  const transactions: { label: string; entries: ReadEntry[] }[] = [];
  for (const { definition, read, lamport, transaction } of unread) {
    if (transaction === transactions.length) {
      transactions.push({ label: entries.labels?.[transaction] ?? '', entries: [] });
    }
    const stamp = { lamport, site };
    transactions[transaction]?.entries.push({ definition, op: readOp(read), stamp });
  }
  return transactions;
}

/** The entries in their order, each with its head, checked before anything in them is read. */
function readHeads(document: Document, base: number, { heads, runs, sites }: Entries): Unread[] {
  if (heads.count === 0) malformed('It has no entries.');
  const reader = new SiteReader(document.sites, sites);
  const unread: Unread[] = [];
  let clock = -1;
  let current = -1;
  for (const { ops } of runs) {
    const definition = definitionOf(ops.type);
    const reads: readonly (() => unknown)[] = definition.codec.decode(document, ops, reader);
    for (const read of reads) {
      if (unread.length >= heads.count) malformed('It has more operations than entries.');
      const at = heads.offset + unread.length * heads.stride;
      const lamport = base + heads.view.getUint16(at + HEAD.lamport, true);
      if (lamport <= clock) malformed('Its clocks do not rise.');
      clock = lamport;
      const transaction = heads.view.getUint16(at + HEAD.transaction, true);
      if (transaction !== current && transaction !== current + 1) {
        malformed('Its transactions are not in order.');
      }
      current = transaction;
      unread.push({ definition, read, lamport, transaction });
    }
  }
  if (unread.length !== heads.count) malformed('It has fewer operations than entries.');
  if (unread[0]?.transaction !== 0) malformed('Its transactions are not in order.');
  return unread;
}

function readOp(read: () => unknown): unknown | Refusal {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    if (thrown instanceof WireFault) {
      const unknown = thrown.code === 'unknown_component';
      return new Refusal(unknown ? Reason.unknownComponent : Reason.invalidValue);
    }
    throw thrown;
  }
}

function malformed(message: string): never {
  throw new ThetaError('malformed_entries', message);
}
