import {
  follow,
  type LogPosition,
  readPacketEntries,
  withRulings,
} from '../../commands/judged-packet.ts';
import { readJudgement } from '../../commands/judgement.ts';
import { CommandLog } from '../../commands/log.ts';
import { openPacket } from '../../commands/packet.ts';
import { Document } from '../../ecs/document/document.ts';
import { readSnapshot, writeSnapshot } from '../../replication/snapshot.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { type KnownLog, type LogBase, type LogTailRecord, snapshotOf } from './last-known.ts';

export interface RecallOptions {
  readonly decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>;
  readonly fetchBlob: (digest: string) => Promise<Bytes>;
}

/** Fills a log's empty document from a base. @throws when the base is damaged */
export async function recallBase(
  log: CommandLog,
  base: LogBase,
  { decompress }: Pick<RecallOptions, 'decompress'>,
): Promise<LogPosition> {
  if (base.size > 0) {
    const bytes = await snapshotOf(base, decompress);
    log.rebase(() => {
      readSnapshot(log.document, bytes);
    });
  }
  log.observe(base.lamport);
  log.seq = base.seq;
  const { epoch, index, seq, head } = base;
  return { epoch, index, seq, head };
}

/**
 * Applies a record that was verified when it came and has lain in this browser since; the chain of
 * heads shows whether it is whole.
 */
export async function recallRecord(
  log: CommandLog,
  position: LogPosition,
  { judgement: signed, packet: bytes }: LogTailRecord,
  { fetchBlob }: Pick<RecallOptions, 'fetchBlob'>,
): Promise<LogPosition> {
  const judgement = readJudgement(signed);
  const next = follow(position, judgement);
  const transactions = await readPacketEntries(log.document, openPacket(bytes), fetchBlob);
  log.receive(withRulings(transactions, judgement.verdicts));
  return next;
}

/** A base that stands for another one and the records after it. */
export async function compactLog(known: KnownLog, options: RecallOptions): Promise<LogBase> {
  const document = new Document();
  // Somebody who makes nothing: what is his own is no matter here.
  const log = new CommandLog(document, document.sites.intern(new Uint8Array(8), 0));
  let position = await recallBase(log, known.base, options);
  for (const record of known.records) {
    position = await recallRecord(log, position, record, options);
  }
  const { index, seq, head = known.base.head } = position;
  const bytes = writeSnapshot(document, { lamport: log.lamport, marks: [] });
  const deflated = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return {
    ...known.base,
    index,
    seq,
    head,
    lamport: log.lamport,
    snapshot: new Uint8Array(await new Response(deflated).arrayBuffer()),
    size: bytes.length,
    compression: 'gzip',
  };
}
