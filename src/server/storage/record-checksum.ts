import { createHash } from 'node:crypto';
import type { Bytes } from '../../shared/bytes.ts';
import type { LogRecord } from './storage.ts';

const CHECKSUM_BYTES = 8;

/** The first bytes of SHA-256 over all that a record says: a changed bit anywhere in it shows. */
export function checksumOf(record: LogRecord): Bytes {
  const { sessionId, index, firstSeq, entryCount, author, replica, nonce, at } = record;
  const { packet, judgement, head } = record;
  const columns = [sessionId, index, firstSeq, entryCount, author, replica, nonce, at];
  const lengths = [packet.length, judgement.length, head.length];
  const digest = createHash('sha256')
    .update([...columns, ...lengths].join(' '))
    .update(packet)
    .update(judgement)
    .update(head)
    .digest();
  return new Uint8Array(digest.subarray(0, CHECKSUM_BYTES));
}
