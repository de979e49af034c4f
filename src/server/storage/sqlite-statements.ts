import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Every statement that the adapter runs, by name. Parameters are positional, in column order. */
const SQL = {
  insertSession: 'INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)',
  getSession: 'SELECT * FROM sessions WHERE id = ?',
  hasSession: 'SELECT 1 AS found FROM sessions WHERE id = ?',
  updateSession: 'UPDATE sessions SET last_active_at = ?, epoch = ? WHERE id = ?',
  listSessions: 'SELECT id FROM sessions ORDER BY id',
  countSessions: 'SELECT count(*) AS sessions FROM sessions',
  listEmptySessions: `SELECT id FROM sessions WHERE last_active_at < ?
    AND NOT EXISTS (SELECT 1 FROM log WHERE log.session_id = sessions.id
      AND log.author <> lower(hex(sessions.public_key)))
    ORDER BY last_active_at LIMIT ?`,
  deleteSession: 'DELETE FROM sessions WHERE id = ?',

  putFirstLink: 'INSERT INTO links VALUES (?, ?, ?, ?, ?)',
  listFirstLinks: 'SELECT * FROM links WHERE session_id = ? ORDER BY created_at, id',

  append: 'INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  tail: `SELECT position, first_seq, entry_count FROM log
    WHERE session_id = ? ORDER BY position DESC LIMIT 1`,
  hasPacket: `SELECT 1 AS found FROM log
    WHERE session_id = ? AND author = ? AND replica = ? AND nonce = ?`,
  readLog: 'SELECT * FROM log WHERE session_id = ? AND position > ? ORDER BY position LIMIT ?',
  lastRecord: 'SELECT * FROM log WHERE session_id = ? ORDER BY position DESC LIMIT 1',
  findPacket: `SELECT packet, judgement FROM log
    WHERE session_id = ? AND author = ? AND replica = ? AND nonce = ?`,
  highWater: `SELECT author, replica, max(nonce) AS nonce FROM log WHERE session_id = ?
    GROUP BY author, replica ORDER BY author, replica`,

  appendStep: 'INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  countSteps: 'SELECT coalesce(max(ordinal), 0) AS steps FROM steps WHERE session_id = ?',
  readSteps: 'SELECT * FROM steps WHERE session_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?',
  listVersions: `SELECT * FROM steps WHERE session_id = ? AND version_seq IS NOT NULL
    ORDER BY ordinal`,

  putSnapshot: 'INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  dropSnapshot: 'DELETE FROM snapshots WHERE session_id = ? AND seq = ?',
  latestSnapshot: `SELECT * FROM snapshots WHERE session_id = ? AND seq <= ?
    ORDER BY seq DESC LIMIT 1`,
  listSnapshots: `SELECT session_id, seq, log_index, head, world_hash, at, size,
    length(bytes) AS stored_bytes FROM snapshots
    WHERE session_id = ? ORDER BY seq`,

  grantBlob: 'INSERT OR IGNORE INTO blob_grants VALUES (?, ?, ?, ?, ?)',
  getBlobGrant: 'SELECT * FROM blob_grants WHERE session_id = ? AND hash = ?',
  blobUsage: `SELECT coalesce(sum(size), 0) AS total FROM blob_grants WHERE session_id = ?`,
} as const;

export type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

export function prepareStatements(database: DatabaseSync): Statements {
  const names = Object.keys(SQL) as (keyof typeof SQL)[];
  const entries = names.map((name) => [name, database.prepare(SQL[name])]);
  return Object.fromEntries(entries) as Statements;
}
