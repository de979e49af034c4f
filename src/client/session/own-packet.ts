import { decodeEntries, entryName } from '../../commands/entries.ts';
import { LocalTransaction } from '../../commands/local-transaction.ts';
import type { CommandLog } from '../../commands/log.ts';
import type { SealedPacket } from '../../commands/outbox.ts';
import { openPacket } from '../../commands/packet.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { ThetaError } from '../../shared/errors.ts';

/**
 * The transactions of a packet that this replica sealed, in an earlier page or for an earlier server.
 * @throws {ThetaError} for what is no packet of this replica
 */
export function readOwnPacket(log: CommandLog, packet: SealedPacket): LocalTransaction[] {
  const { body } = openPacket(packet.bytes);
  const bytes = body.entries ?? packet.blob?.bytes;
  if (bytes === undefined) throw new ThetaError('malformed', 'It has no entries.');
  const limits = body.entries ? INLINE_ENTRIES_LIMITS : BLOB_ENTRIES_LIMITS;
  const by = log.document.sites.identityOf(log.site);
  return decodeEntries(log.document, by, body.lamport, bytes, limits).map(({ label, entries }) => {
    const transaction = new LocalTransaction(entryName(log.document, entries), label, entries);
    transaction.nonce = packet.nonce;
    return transaction;
  });
}
