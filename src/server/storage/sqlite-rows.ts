import type { SqlRow } from 'node:sqlite';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import { ROLES, type Role } from '../../shared/roles.ts';
import { checksumOf } from './record-checksum.ts';
import {
  type BlobGrant,
  type FirstLink,
  type LogRecord,
  type SessionRecord,
  type SnapshotMark,
  type SnapshotRecord,
  type StepRecord,
  StorageError,
} from './storage.ts';

/** Reads typed columns out of a row; the schema is STRICT, so a mismatch means a damaged file. */
export const column = {
  number: (row: SqlRow, name: string): number => {
    const value = row[name];
    return typeof value === 'number' ? value : mismatch(name);
  },
  text: (row: SqlRow, name: string): string => {
    const value = row[name];
    return typeof value === 'string' ? value : mismatch(name);
  },
  bytes: (row: SqlRow, name: string): Bytes => {
    const value = row[name];
    return value instanceof Uint8Array ? value : mismatch(name);
  },
  optional: <T>(
    row: SqlRow,
    name: string,
    read: (row: SqlRow, name: string) => T,
  ): T | undefined => (row[name] === null ? undefined : read(row, name)),
  role: (row: SqlRow, name: string): Role =>
    ROLES.find((role) => role === row[name]) ?? mismatch(name),
} as const;

function mismatch(name: string): never {
  throw new StorageError('damaged', `The database holds no valid "${name}" where it must.`);
}

export function sessionOf(row: SqlRow): SessionRecord {
  return {
    id: column.text(row, 'id'),
    publicKey: column.bytes(row, 'public_key'),
    privateKey: column.bytes(row, 'private_key'),
    createdAt: column.number(row, 'created_at'),
    lastActiveAt: column.number(row, 'last_active_at'),
    epoch: column.number(row, 'epoch'),
    genesis: column.bytes(row, 'genesis'),
  };
}

export function firstLinkOf(row: SqlRow): FirstLink {
  return {
    id: column.text(row, 'id'),
    sessionId: column.text(row, 'session_id'),
    role: column.role(row, 'role'),
    tokenHash: column.bytes(row, 'token_hash'),
    createdAt: column.number(row, 'created_at'),
  };
}

/** A record as it stands there, whatever its checksum says. */
export function uncheckedLogRecordOf(row: SqlRow): LogRecord {
  return {
    sessionId: column.text(row, 'session_id'),
    index: column.number(row, 'position'),
    firstSeq: column.number(row, 'first_seq'),
    entryCount: column.number(row, 'entry_count'),
    author: column.text(row, 'author'),
    replica: column.number(row, 'replica'),
    nonce: column.number(row, 'nonce'),
    packet: column.bytes(row, 'packet'),
    judgement: column.bytes(row, 'judgement'),
    head: column.bytes(row, 'head'),
    at: column.number(row, 'at'),
  };
}

/** @throws StorageError `damaged` where a record is not what was written */
export function logRecordOf(row: SqlRow): LogRecord {
  const record = uncheckedLogRecordOf(row);
  if (equalBytes(column.bytes(row, 'checksum'), checksumOf(record))) return record;
  throw new StorageError(
    'damaged',
    `record ${record.index} of session ${record.sessionId} is not what was written: its checksum is wrong`,
  );
}

export function snapshotOf(row: SqlRow): SnapshotRecord {
  const { storedBytes: _, ...mark } = snapshotMarkOf({ ...row, stored_bytes: 0 });
  return { ...mark, bytes: column.bytes(row, 'bytes') };
}

export function snapshotMarkOf(row: SqlRow): SnapshotMark {
  return {
    sessionId: column.text(row, 'session_id'),
    seq: column.number(row, 'seq'),
    logIndex: column.number(row, 'log_index'),
    head: column.bytes(row, 'head'),
    worldHash: column.text(row, 'world_hash'),
    at: column.number(row, 'at'),
    size: column.number(row, 'size'),
    storedBytes: column.number(row, 'stored_bytes'),
  };
}

export function stepOf(row: SqlRow): StepRecord {
  const seq = column.optional(row, 'version_seq', column.number);
  return {
    sessionId: column.text(row, 'session_id'),
    ordinal: column.number(row, 'ordinal'),
    index: column.number(row, 'position'),
    seq: column.number(row, 'seq'),
    entries: column.number(row, 'entries'),
    type: column.text(row, 'type'),
    label: column.text(row, 'label'),
    author: column.text(row, 'author'),
    at: column.number(row, 'at'),
    ...(seq !== undefined && { version: { seq, name: column.text(row, 'version_name') } }),
  };
}

export function grantOf(row: SqlRow): BlobGrant {
  return {
    sessionId: column.text(row, 'session_id'),
    hash: column.text(row, 'hash'),
    size: column.number(row, 'size'),
    author: column.text(row, 'author'),
    at: column.number(row, 'at'),
  };
}
