import type { DatabaseSync } from 'node:sqlite';
import { stepsOfRecord } from './log-steps.ts';
import { checksumOf } from './record-checksum.ts';
import { column, uncheckedLogRecordOf } from './sqlite-rows.ts';
import type { LogRecord, LogStep } from './storage.ts';

const BATCH = 500;

/** What a migration has to compute, by the version that it leads to; it runs in its transaction. */
export const UPGRADES: Readonly<Record<number, (database: DatabaseSync) => void>> = {
  3: fillLog,
};

/** Records of before version 3 have no checksums, and the history no steps. */
function fillLog(database: DatabaseSync): void {
  const read = database.prepare(
    `SELECT rowid AS id, * FROM log WHERE rowid > ? ORDER BY rowid LIMIT ${BATCH}`,
  );
  const check = database.prepare('UPDATE log SET checksum = ? WHERE rowid = ?');
  const step = database.prepare('INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)');
  const ordinals = new Map<string, number>();
  for (let last = -1; ; ) {
    const rows = read.all(last);
    for (const row of rows) {
      last = column.number(row, 'id');
      const record = uncheckedLogRecordOf(row);
      check.run(checksumOf(record), last);
      for (const { seq, entries, type, label } of readableSteps(record)) {
        const { sessionId, index, author, at } = record;
        const ordinal = (ordinals.get(sessionId) ?? 0) + 1;
        ordinals.set(sessionId, ordinal);
        step.run(sessionId, ordinal, index, seq, entries, type, label, author, at);
      }
    }
    if (rows.length < BATCH) return;
  }
}

/** A record that cannot be read is for `theta verify` to name: it keeps no server from starting. */
function readableSteps(record: LogRecord): LogStep[] {
  try {
    return stepsOfRecord(record);
  } catch (thrown) {
    if (thrown instanceof Error) return [];
    throw thrown;
  }
}
