import type { Document } from '../ecs/document/document.ts';
import type { Site, SiteIdentity } from '../ecs/document/sites.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import { decode, encode } from '../protocol/codec.ts';
import type { Entries, Run } from '../protocol/generated/types.ts';
import { Reason } from '../protocol/generated/types.ts';
import { INLINE_ENTRIES_LIMITS, type Limits } from '../protocol/limits.ts';
import { SiteReader, SiteWriter } from '../replication/wire/site-codec.ts';
import { WireFault } from '../replication/wire/wire-fault.ts';
import { type Bytes, equalBytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { type AnyCommandDefinition, operationsIn } from './definition.ts';
import { type EntryHead, readHeads, writeHeads } from './entry-heads.ts';
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

/**
 * The entries of a packet (`schema/entries.fbs`).
 * @param base the packet's clock, at most `MAX_LAMPORT_SPAN` (`entry-heads.ts`) below each entry's
 */
export function encodeEntries(
  document: Document,
  site: Site,
  base: number,
  transactions: readonly Transaction[],
): Bytes {
  const sites = new SiteWriter(document.sites, site);
  const entries: Entry[] = [];
  for (const transaction of transactions) {
    for (const entry of transaction.entries) entries.push(entry);
  }
  const runs = encodeRuns(document, entries, sites);
  const heads = writeHeads(transactions, base);
  return encode('Entries', { sites: sites.table(), runs, ...heads });
}

/** Neighbours of one type share a run. */
function encodeRuns(document: Document, entries: readonly Entry[], sites: SiteWriter): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < entries.length; ) {
    const { definition } = entries[from] as Entry;
    const ops: unknown[] = [];
    let to = from;
    for (; to < entries.length && entries[to]?.definition === definition; to++) {
      ops.push((entries[to] as Entry).op);
    }
    runs.push({ ops: definition.codec.encode(document, ops as never[], sites) });
    from = to;
  }
  return runs;
}

/** An operation that waits to be read, and the head of its entry. */
interface Unread {
  readonly definition: AnyCommandDefinition;
  readonly read: () => unknown;
  readonly head: EntryHead;
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
  const unread = readRuns(document, base, entries, limits.vector);
  const site = document.sites.intern(by.author, by.replica);
  const transactions: { label: string; entries: ReadEntry[] }[] = [];
  for (const { definition, read, head } of unread) {
    const { lamport, transaction, label } = head;
    if (transaction === transactions.length) transactions.push({ label, entries: [] });
    const stamp = { lamport, site };
    transactions[transaction]?.entries.push({ definition, op: readOp(read), stamp });
  }
  return transactions;
}

/** The entries in their order, each with its head, checked before anything in them is read. */
function readRuns(document: Document, base: number, entries: Entries, most: number): Unread[] {
  const heads = readHeads(entries, base, most);
  const reader = new SiteReader(document.sites, entries.sites);
  const unread: Unread[] = [];
  for (const { ops } of entries.runs) {
    const definition = definitionOf(ops.type);
    if (unread.length + operationsIn(ops) > heads.length) {
      malformed('It has more operations than entries.');
    }
    const reads: readonly (() => unknown)[] = definition.codec.decode(document, ops, reader);
    for (const read of reads) {
      unread.push({ definition, read, head: heads[unread.length] as EntryHead });
    }
  }
  if (unread.length !== heads.length) malformed('It has fewer operations than entries.');
  if (unread[0]?.head.transaction !== 0) malformed('Its transactions are not in order.');
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
