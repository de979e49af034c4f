import { decodeEntries } from '../../commands/entries.ts';
import { readJudgement } from '../../commands/judgement.ts';
import { openPacket } from '../../commands/packet.ts';
import { AUTHOR_ID_BYTES } from '../../ecs/document/sites.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../../protocol/limits.ts';
import { readSnapshot } from '../../replication/snapshot.ts';
import { equalBytes, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { LogRecord, SnapshotRecord } from '../storage/storage.ts';
import type { LogPosition, Room, RoomContext } from './room.ts';
import { storedSnapshot } from './snapshots.ts';

const BATCH = 500;

/**
 * D3: fills a room from a snapshot and the log after it. Every accepted entry must apply as it
 * did when it was judged.
 * @throws {ThetaError} `damaged_log` naming the session and record
 */
export async function replayLog(room: Room, context: RoomContext): Promise<LogPosition> {
  const { storage } = context;
  const { id, genesis } = room.session;
  for (const mark of await storage.highWater(id)) {
    room.nonces.set(`${mark.author}-${mark.replica}`, mark.nonce);
  }
  let position: LogPosition = { index: 0, seq: 0, head: genesis };
  const snapshot = await startingSnapshot(id, context);
  if (snapshot) {
    room.judge.lamport = readSnapshot(room.document, storedSnapshot(snapshot)).lamport;
    position = { index: snapshot.logIndex, seq: snapshot.seq, head: snapshot.head };
  }
  for (;;) {
    const records = await storage.readLog(id, position.index, BATCH);
    for (const record of records) position = await replayRecord(room, context, record);
    if (records.length < BATCH) return position;
  }
}

/**
 * The newest snapshot before the packets whose writes the room must remember (O5): an undo may follow
 * that was made before its target was judged. None where those are all the packets there are.
 */
async function startingSnapshot(
  id: string,
  { storage, limits }: RoomContext,
): Promise<SnapshotRecord | undefined> {
  const last = await storage.lastRecord(id);
  const latestIndex = (last?.index ?? 0) - limits.rememberedPackets;
  if (latestIndex <= 0) return undefined;
  let snapshot = await storage.latestSnapshot(id);
  while (snapshot && snapshot.logIndex > latestIndex) {
    const older = await storage.latestSnapshot(id, snapshot.seq - 1);
    // Those before it are not kept any more: what it covers is forgotten.
    if (older === undefined) break;
    snapshot = older;
  }
  return snapshot;
}

async function replayRecord(
  room: Room,
  { blobs }: RoomContext,
  record: LogRecord,
): Promise<LogPosition> {
  const judgement = readJudgement(record.judgement);
  const { body } = openPacket(record.packet);
  const by = { author: body.author.slice(0, AUTHOR_ID_BYTES), replica: body.replica };
  const bytes = body.entries ?? (body.blob && (await blobs.read(toHex(body.blob))));
  if (bytes === undefined) throw damaged(record, 'its entries are missing');
  const limits = body.entries ? INLINE_ENTRIES_LIMITS : BLOB_ENTRIES_LIMITS;
  const transactions = decodeEntries(room.document, by, body.lamport, bytes, limits);
  const count = transactions.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count !== judgement.verdicts.length || !equalBytes(judgement.head, record.head)) {
    throw damaged(record, 'it does not fit its verdict');
  }
  if (!room.judge.replay(transactions, judgement.verdicts)) {
    throw damaged(record, 'an accepted entry does not apply');
  }
  return {
    index: record.index,
    seq: record.firstSeq + record.entryCount - 1,
    head: record.head,
  };
}

function damaged({ sessionId, index }: LogRecord, what: string): ThetaError {
  return new ThetaError(
    'damaged_log',
    `The log of session ${sessionId} is damaged at ${index}: ${what}.`,
  );
}
