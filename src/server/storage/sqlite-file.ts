import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../shared/errors.ts';
import { damaged, storageErrorOf } from './sqlite-errors.ts';
import { column } from './sqlite-rows.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './sqlite-schema.ts';
import { UPGRADES } from './sqlite-upgrades.ts';
import { StorageError } from './storage.ts';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** 64 MiB of SQLite's pages. */
const MAX_CHECKED_PAGES = 16_384;
const SMALL_TABLES = ['sessions', 'links', 'blob_grants'];

/**
 * Opens or makes the database at `path`, whole and of the current schema, readable to the owner
 * alone: it holds the sessions' private keys.
 * @throws StorageError `damaged`, with a sentence that names the file
 */
export function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
  chmodSync(path, OWNER_ONLY_FILE);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    configure(database);
    assertWhole(database, path);
    migrate(database, path);
    return database;
  } catch (thrown) {
    database?.close();
    const error = storageErrorOf(thrown, path);
    throw error instanceof StorageError ? error : damaged(path, messageOf(thrown), thrown);
  }
}

/**
 * Opens a database to read it, beside a server that may be writing.
 * @throws StorageError `damaged`, with a sentence that names the file
 */
export function openReadOnly(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    database.exec('PRAGMA busy_timeout = 2000; PRAGMA trusted_schema = OFF;');
    if (pragma(database, 'application_id') !== APPLICATION_ID)
      throw new StorageError('damaged', `${path} is no database of Theta.`);
    const version = pragma(database, 'user_version');
    if (version === SCHEMA_VERSION) return database;
    throw new StorageError(
      'damaged',
      `${path} has schema ${version}, and this Theta reads ${SCHEMA_VERSION}: start the server of this version once, or use the one that wrote it.`,
    );
  } catch (thrown) {
    database?.close();
    const error = storageErrorOf(thrown, path);
    throw error instanceof StorageError ? error : damaged(path, messageOf(thrown), thrown);
  }
}

/** FULL: in WAL mode a commit is fsynced before it returns (D1), not only at a checkpoint. */
function configure(database: DatabaseSync): void {
  // Before the first table: space that dropped snapshots leave can then be given back bit by bit.
  if (isEmpty(database)) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 2000;
    PRAGMA trusted_schema = OFF;
  `);
}

/**
 * A start looks through the whole database where that takes a moment, and through the tables that
 * stay small where it does not: a damaged log or snapshot then shows when it is read, by its checksum.
 */
function assertWhole(database: DatabaseSync, path: string): void {
  const pages = pragma(database, 'page_count');
  const parts =
    pages <= MAX_CHECKED_PAGES || pragma(database, 'user_version') === 0 ? [1] : SMALL_TABLES;
  for (const part of parts) {
    const row = database.prepare(`PRAGMA quick_check(${part})`).get();
    const answer = row === undefined ? 'no answer' : column.text(row, 'quick_check');
    if (answer !== 'ok') throw damaged(path, answer);
  }
}

function migrate(database: DatabaseSync, path: string): void {
  const version = pragma(database, 'user_version');
  const owner = pragma(database, 'application_id');
  const isNew = version === 0 && owner === 0 && isEmpty(database);
  if (!isNew && owner !== APPLICATION_ID)
    throw new StorageError('damaged', `${path} is a database of another program.`);
  if (version > SCHEMA_VERSION)
    throw new StorageError(
      'damaged',
      `${path} was written by a newer Theta (schema ${version}; this one knows ${SCHEMA_VERSION}).`,
    );
  if (version === SCHEMA_VERSION) return;
  database.exec('BEGIN IMMEDIATE');
  for (let next = version; next < SCHEMA_VERSION; next++) {
    database.exec(MIGRATIONS[next] ?? '');
    UPGRADES[next + 1]?.(database);
  }
  database.exec(`
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
    COMMIT;
  `);
}

function pragma(
  database: DatabaseSync,
  name: 'user_version' | 'application_id' | 'page_count',
): number {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? 0 : column.number(row, name);
}

function isEmpty(database: DatabaseSync): boolean {
  const row = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get();
  return row === undefined || column.number(row, 'tables') === 0;
}
