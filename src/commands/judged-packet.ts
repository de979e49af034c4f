import { sha256 } from '@noble/hashes/sha2.js';
import type { Document } from '../ecs/document/document.ts';
import { AUTHOR_ID_BYTES } from '../ecs/document/sites.ts';
import { decode } from '../protocol/codec.ts';
import { type JudgementBody, Verdict } from '../protocol/generated/types.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../protocol/limits.ts';
import { type Bytes, equalBytes, toHex } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { decodeEntries, type ReadTransaction } from './entries.ts';
import { nextHead } from './judgement.ts';
import type { Ruling } from './local-transaction.ts';
import type { JudgedTransaction } from './log.ts';
import { type OpenPacket, openPacket, verifyPacket } from './packet.ts';
import type { Verifier } from './signing.ts';

/** D3: what a replica has of the session's log. */
export interface LogPosition {
  readonly epoch: number;
  readonly index: number;
  readonly seq: number;
  readonly head: Bytes | undefined;
}

/** A packet with what the session said of it. */
export interface JudgedPacket {
  readonly judgement: JudgementBody;
  readonly packet: OpenPacket;
}

/** S1: what the session's key said of a packet. @throws {ThetaError} `forged` when it did not */
export async function openJudgement(
  verifier: Verifier,
  sessionKey: Bytes,
  bytes: Bytes,
): Promise<JudgementBody> {
  const { body, signature } = decode('Judgement', bytes);
  if (await verifier.verify(sessionKey, 'theta judgement 1', body, signature)) {
    return decode('JudgementBody', body);
  }
  throw new ThetaError('forged', 'A verdict is not signed by the session.');
}

/** The position after a judgement. @throws {ThetaError} `diverged` unless it follows ours */
export function follow(position: LogPosition, judgement: JudgementBody): LogPosition {
  const { verdicts, packet, index, firstSeq, epoch } = judgement;
  const follows = index === position.index + 1 && firstSeq === position.seq + 1;
  const head = position.head && nextHead(position.head, packet, verdicts);
  if (!follows || (head && !equalBytes(head, judgement.head))) {
    throw new ThetaError('diverged', 'This page no longer has what the server has.');
  }
  const accepted = verdicts.filter(({ verdict }) => verdict === Verdict.accepted).length;
  return { epoch, index, seq: position.seq + accepted, head: judgement.head };
}

/** S1: another author's packet. @throws {ThetaError} `forged` when it is not his, or not this one */
export async function openAccepted(
  verifier: Verifier,
  judgement: JudgementBody,
  bytes: Bytes,
): Promise<OpenPacket> {
  const packet = openPacket(bytes);
  const { author, replica, nonce } = packet.body;
  const same =
    equalBytes(sha256(bytes), judgement.packet) &&
    equalBytes(author, judgement.author) &&
    replica === judgement.replica &&
    nonce === judgement.nonce;
  if (same && (await verifyPacket(verifier, packet))) return packet;
  throw new ThetaError('forged', 'A packet is not signed by its author.');
}

/** The entries of a packet, fetched where they are in a blob (D5). */
export async function readPacketEntries(
  document: Document,
  packet: OpenPacket,
  fetchBlob: (digest: string) => Promise<Bytes>,
): Promise<ReadTransaction[]> {
  const { entries, blob } = packet.body;
  if (entries) return readEntriesOf(document, packet, entries);
  if (blob === undefined) throw new ThetaError('forged', 'A packet has no entries.');
  return readEntriesOf(document, packet, await fetchBlob(toHex(blob)));
}

/**
 * The entries of a packet, from its own bytes or those of its blob.
 * @throws {DecodeError}; {ThetaError} `forged` for other bytes than it names, `malformed_entries`
 */
export function readEntriesOf(
  document: Document,
  { body }: OpenPacket,
  bytes: Bytes,
): ReadTransaction[] {
  const by = { author: body.author.slice(0, AUTHOR_ID_BYTES), replica: body.replica };
  if (body.blob && !equalBytes(sha256(bytes), body.blob)) {
    throw new ThetaError('forged', 'The entries of a packet are not what it names.');
  }
  const limits = body.entries ? INLINE_ENTRIES_LIMITS : BLOB_ENTRIES_LIMITS;
  return decodeEntries(document, by, body.lamport, bytes, limits);
}

/** Each transaction with its entries' answers. */
export function withRulings(
  transactions: readonly ReadTransaction[],
  rulings: readonly Ruling[],
): JudgedTransaction[] {
  let at = 0;
  return transactions.map((transaction) => {
    const count = transaction.entries.length;
    const judged = { ...transaction, rulings: rulings.slice(at, at + count) };
    at += count;
    return judged;
  });
}
