import { sha256 } from '@noble/hashes/sha2.js';
import { decodeEntries, type ReadTransaction } from '../../commands/entries.ts';
import { nextHead } from '../../commands/judgement.ts';
import type { Ruling } from '../../commands/local-transaction.ts';
import type { JudgedTransaction } from '../../commands/log.ts';
import { type OpenPacket, openPacket, verifyPacket } from '../../commands/packet.ts';
import type { Verifier } from '../../commands/signing.ts';
import type { Document } from '../../ecs/document/document.ts';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { decode } from '../../protocol/codec.ts';
import { type JudgementBody, Verdict } from '../../protocol/generated/types.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { type Bytes, equalBytes, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { LogPosition } from './link.ts';

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
export function follow(
  position: LogPosition,
  genesis: Bytes | undefined,
  judgement: JudgementBody,
): LogPosition {
  const before = position.head ?? genesis;
  const { verdicts, packet, index, firstSeq, epoch } = judgement;
  const follows = index === position.index + 1 && firstSeq === position.seq + 1;
  const head = before && nextHead(before, packet, verdicts);
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
  { body }: OpenPacket,
  fetchBlob: (digest: string) => Promise<Bytes>,
): Promise<ReadTransaction[]> {
  const by = { author: body.author.slice(0, AUTHOR_ID_BYTES), replica: body.replica };
  if (body.entries) {
    return decodeEntries(document, by, body.lamport, body.entries, INLINE_ENTRIES_LIMITS);
  }
  if (body.blob === undefined) throw new ThetaError('forged', 'A packet has no entries.');
  const bytes = await fetchBlob(toHex(body.blob));
  if (!equalBytes(sha256(bytes), body.blob)) {
    throw new ThetaError('forged', 'The entries of a packet are not what it names.');
  }
  return decodeEntries(document, by, body.lamport, bytes, BLOB_ENTRIES_LIMITS);
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
