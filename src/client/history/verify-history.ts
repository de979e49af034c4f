import { readJudgement } from '../../commands/judgement.ts';
import type { Verifier } from '../../commands/signing.ts';
import { applyTransaction } from '../../commands/transaction.ts';
import { Document } from '../../ecs/document/document.ts';
import { type Accepted, type JudgementBody, Verdict } from '../../protocol/generated/types.ts';
import { worldHash } from '../../replication/document-codec.ts';
import { type Bytes, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import {
  follow,
  openAccepted,
  openJudgement,
  readPacketEntries,
} from '../session/judged-packet.ts';
import type { LogPosition } from '../session/link.ts';

/** One judged entry, for people and scripts. */
export interface HistoryEntry {
  /** O2; undefined for one that was not accepted. */
  readonly seq: number | undefined;
  readonly type: string;
  readonly label: string;
  /** The public key, 64 hexadecimal digits. */
  readonly author: string;
  /** Milliseconds since the Unix epoch, by the server. */
  readonly time: number;
  readonly status: 'accepted' | 'superseded' | 'rejected';
}

/** What reading a whole log showed. */
export interface HistoryReport {
  readonly entries: number;
  readonly valid: number;
  readonly invalid: number;
  /** Where the first fault is, in words. */
  readonly fault?: string;
  /** Of the document that the log gives. */
  readonly worldHash: string;
}

export interface HistoryReader {
  readonly log: AsyncIterable<Accepted>;
  readonly verifier: Verifier;
  readonly sessionKey: Bytes;
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
}

const STATUS = {
  [Verdict.accepted]: 'accepted',
  [Verdict.superseded]: 'superseded',
  [Verdict.refused]: 'rejected',
} as const;

/**
 * S1: reads a log from its beginning, checks every signature, nonce and head, and applies it.
 * @param onEntry told of each entry as it is read
 */
export async function verifyHistory(
  reader: HistoryReader,
  onEntry: (entry: HistoryEntry) => void = () => undefined,
): Promise<HistoryReport> {
  const document = new Document();
  const nonces = new Map<string, number>();
  let position: LogPosition = { epoch: 0, index: 0, seq: 0, head: undefined };
  let entries = 0;
  let invalid = 0;
  let fault: string | undefined;
  for await (const record of reader.log) {
    const count = readJudgement(record.judgement).verdicts.length;
    entries += count;
    try {
      const judgement = await openJudgement(reader.verifier, reader.sessionKey, record.judgement);
      checkNonce(nonces, judgement);
      position = follow(position, undefined, judgement);
      await replay(document, reader, record, judgement, onEntry);
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      invalid += count;
      fault ??= `Record ${position.index + 1}: ${thrown.message}`;
    }
  }
  return {
    entries,
    valid: entries - invalid,
    invalid,
    ...(fault !== undefined && { fault }),
    worldHash: worldHash(document),
  };
}

/** D2: consecutive for each replica. */
function checkNonce(nonces: Map<string, number>, { author, replica, nonce }: JudgementBody): void {
  const key = `${toHex(author)}-${replica}`;
  if (nonce !== (nonces.get(key) ?? 0) + 1) {
    throw new ThetaError('nonce', 'A packet is missing or was taken twice.');
  }
  nonces.set(key, nonce);
}

async function replay(
  document: Document,
  { verifier, fetchBlob }: HistoryReader,
  record: Accepted,
  judgement: JudgementBody,
  onEntry: (entry: HistoryEntry) => void,
): Promise<void> {
  const packet = await openAccepted(verifier, judgement, record.packet);
  const transactions = await readPacketEntries(document, packet, fetchBlob);
  const read = transactions.flatMap(({ label, entries }) =>
    entries.map((entry) => ({ label, entry })),
  );
  let seq = judgement.firstSeq;
  for (const [i, { label, entry }] of read.entries()) {
    const verdict = judgement.verdicts[i]?.verdict ?? Verdict.refused;
    onEntry({
      seq: verdict === Verdict.accepted ? seq++ : undefined,
      type: entry.definition.type,
      label,
      author: toHex(judgement.author),
      time: judgement.time,
      status: STATUS[verdict],
    });
  }
  const accepted = read
    .filter((_, i) => judgement.verdicts[i]?.verdict === Verdict.accepted)
    .map(({ entry }) => entry);
  const result = applyTransaction(document, accepted);
  document.sweep();
  if (result.refused) throw new ThetaError('diverged', 'An accepted entry does not apply.');
}
