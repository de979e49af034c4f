import { readJudgement } from '../../commands/judgement.ts';
import type { SealedPacket } from '../../commands/outbox.ts';
import { openPacket } from '../../commands/packet.ts';
import { LOG_PAGE_BYTES, LOG_PAGE_RECORDS } from '../../protocol/limits.ts';
import { type Bytes, equalBytes, toHex } from '../../shared/bytes.ts';
import type { LastKnown, LogTailRecord } from './last-known.ts';

/** What a server says that got records of its log back. */
export interface TakenBack {
  /** Up to which its log goes now. */
  readonly index: number;
  /** Digests (hexadecimal) of content that these records name and that it lacks. */
  readonly missing: readonly string[];
  /** Lets one bring that content. */
  readonly token: string;
}

/** The ways to a server that lost a part of the session. */
export interface GiveBack {
  /** Brings records of the log. */
  records(records: readonly LogTailRecord[]): Promise<TakenBack>;
  /** Brings content, if this browser has it. @returns whether it had */
  content(digest: string, token: string): Promise<boolean>;
}

/** As many own packets as are looked through for what a server lost. */
const MOST_RECORDS = 20_000;

/**
 * D3: a server restored from an older backup gets what its log lacks, record by record, as it judged
 * them once.
 * @returns the index up to which its log goes now: less than ours when something came in between
 */
export async function giveBackLog(lastKnown: LastKnown, giveBack: GiveBack): Promise<number> {
  let { index } = await giveBack.records([]);
  for (;;) {
    const page = pageOf(await lastKnown.after(index, LOG_PAGE_RECORDS), index);
    if (page.length === 0) return index;
    const taken = await giveBack.records(page);
    const isHelped = await bringContent(taken, giveBack);
    if (taken.index <= index && !isHelped) return index;
    index = taken.index;
  }
}

/** @returns whether this browser had any of what is missing */
async function bringContent({ missing, token }: TakenBack, giveBack: GiveBack): Promise<boolean> {
  let isHelped = false;
  for (const digest of missing) {
    if (await giveBack.content(digest, token)) isHelped = true;
  }
  return isHelped;
}

/** Those right after an index, as many as fit one request. */
function pageOf(records: readonly LogTailRecord[], index: number): LogTailRecord[] {
  const page: LogTailRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    bytes += record.judgement.length + record.packet.length + 64;
    if (record.index !== index + page.length + 1) break;
    if (page.length > 0 && bytes > LOG_PAGE_BYTES) break;
    page.push(record);
  }
  return page;
}

/** Own packets that this browser knows to have been judged, in the order of their nonces. */
export async function ownJudged(
  lastKnown: LastKnown,
  author: Bytes,
  replica: number,
): Promise<SealedPacket[]> {
  const own: SealedPacket[] = [];
  for (const { judgement, packet } of await lastKnown.after(0, MOST_RECORDS)) {
    const body = readJudgement(judgement);
    if (body.replica !== replica || !equalBytes(body.author, author)) continue;
    own.push({ nonce: body.nonce, bytes: packet });
  }
  return own.sort((a, b) => a.nonce - b.nonce);
}

/** A packet with the entries that it names, where they are in a blob (D5). */
export async function withEntries(
  packet: SealedPacket,
  fetchBlob: (digest: string) => Promise<Bytes>,
): Promise<SealedPacket> {
  const { blob } = openPacket(packet.bytes).body;
  if (blob === undefined) return packet;
  return { ...packet, blob: { digest: blob, bytes: await fetchBlob(toHex(blob)) } };
}
