import { openPacket } from '../../commands/packet.ts';
import type { LogRecord, SessionStorage } from '../storage/storage.ts';
import type { Room } from './room.ts';

const READ_BATCH = 200;

/** The stored records after an index; undefined when they are more than so many bytes. */
export async function recordsAfter(
  room: Room,
  storage: SessionStorage,
  index: number,
  maxBytes: number,
): Promise<LogRecord[] | undefined> {
  const count = room.position.index - index;
  const records: LogRecord[] = [];
  let bytes = 0;
  while (records.length < count) {
    const batch = await storage.readLog(room.session.id, index + records.length, READ_BATCH);
    for (const { packet, judgement } of batch) bytes += packet.length + judgement.length;
    if (batch.length === 0 || bytes > maxBytes) return undefined;
    records.push(...batch);
  }
  return records;
}

/** Whether the record's entries are in a blob (D5): then it may stand for thousands of them. */
export function hasBlob({ packet }: LogRecord): boolean {
  return openPacket(packet).body.blob !== undefined;
}
