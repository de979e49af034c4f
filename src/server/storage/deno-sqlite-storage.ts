import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { superfluous } from './keyframes.ts';
import { assertFollows, type LogTail } from './log-order.ts';
import { checksumOf } from './record-checksum.ts';
import { storageErrorOf } from './sqlite-errors.ts';
import { openDatabase, openReadOnly } from './sqlite-file.ts';
import {
  column,
  firstLinkOf,
  grantOf,
  logRecordOf,
  sessionOf,
  snapshotMarkOf,
  snapshotOf,
  stepOf,
} from './sqlite-rows.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';
import {
  type BlobGrant,
  type FirstLink,
  type LogRecord,
  type NewLogRecord,
  type NonceMark,
  type SessionPatch,
  type SessionRecord,
  type SessionStorage,
  type SnapshotMark,
  type SnapshotRecord,
  type StepRecord,
  StorageError,
  type StoredVerdict,
} from './storage.ts';

export interface SqliteOptions {
  readonly readOnly?: boolean;
  readonly maxPages?: number;
}

/** SQLite's pages that `tidy` gives back at a time: 4 MiB. */
const MAX_FREED_PAGES = 1024;

/**
 * Storage in one SQLite file (WAL, synchronous=FULL). SQLite is synchronous here: each call blocks
 * for its own disk time (about 0.3 ms for a commit), which group commit spreads over many packets.
 * @throws StorageError `damaged` from the constructor
 */
export class DenoSqliteStorage implements SessionStorage {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  readonly #path: string;
  #closed = false;

  /**
   * @param options `readOnly` looks on at a database that somebody else may be writing, and changes
   * nothing; `maxPages` is how far the file may grow, in pages of 4 KiB
   */
  constructor(path: string, { readOnly = false, maxPages }: SqliteOptions = {}) {
    this.#path = path;
    this.#database = readOnly ? openReadOnly(path) : openDatabase(path);
    if (maxPages !== undefined) this.growTo(maxPages);
    this.#sql = prepareStatements(this.#database);
  }

  async createSession(session: SessionRecord, links: readonly FirstLink[]): Promise<void> {
    this.#transact(() => {
      if (this.#sql.getSession.get(session.id) !== undefined)
        throw new StorageError('duplicate', `Session ${session.id} exists already.`);
      this.#sql.insertSession.run(
        session.id,
        session.publicKey,
        session.privateKey,
        session.createdAt,
        session.lastActiveAt,
        session.epoch,
        session.genesis,
      );
      for (const { id, sessionId, role, tokenHash, createdAt } of links)
        this.#sql.putFirstLink.run(sessionId, id, role, tokenHash, createdAt);
    });
  }

  async getSession(id: string): Promise<SessionRecord | undefined> {
    this.#assertOpen();
    const row = this.#sql.getSession.get(id);
    return row && sessionOf(row);
  }

  async updateSession(patch: SessionPatch): Promise<void> {
    this.#transact(() => this.#patch(patch));
  }

  async countSessions(): Promise<number> {
    this.#assertOpen();
    const row = this.#sql.countSessions.get();
    return row === undefined ? 0 : column.number(row, 'sessions');
  }

  async listSessions(): Promise<string[]> {
    this.#assertOpen();
    return this.#sql.listSessions.all().map((row) => column.text(row, 'id'));
  }

  async listEmptySessions(before: number, limit: number): Promise<string[]> {
    this.#assertOpen();
    return this.#sql.listEmptySessions.all(before, limit).map((row) => column.text(row, 'id'));
  }

  async deleteSession(id: string): Promise<void> {
    this.#transact(() => this.#sql.deleteSession.run(id));
  }

  async listFirstLinks(sessionId: string): Promise<FirstLink[]> {
    this.#assertOpen();
    return this.#sql.listFirstLinks.all(sessionId).map(firstLinkOf);
  }

  async appendGroup(records: readonly NewLogRecord[]): Promise<void> {
    this.#transact(() => {
      const tails = new Map<string, LogTail>();
      for (const record of records) this.#append(record, tails);
    });
  }

  async readLog(sessionId: string, afterIndex: number, limit: number): Promise<LogRecord[]> {
    return this.#read(() => this.#sql.readLog.all(sessionId, afterIndex, limit).map(logRecordOf));
  }

  async lastRecord(sessionId: string): Promise<LogRecord | undefined> {
    return this.#read(() => {
      const row = this.#sql.lastRecord.get(sessionId);
      return row && logRecordOf(row);
    });
  }

  async findVerdict(
    sessionId: string,
    author: string,
    replica: number,
    nonce: number,
  ): Promise<StoredVerdict | undefined> {
    this.#assertOpen();
    const row = this.#sql.findPacket.get(sessionId, author, replica, nonce);
    if (row === undefined) return undefined;
    const digest = createHash('sha256').update(column.bytes(row, 'packet')).digest();
    return { packetHash: new Uint8Array(digest), judgement: column.bytes(row, 'judgement') };
  }

  async highWater(sessionId: string): Promise<NonceMark[]> {
    this.#assertOpen();
    return this.#sql.highWater.all(sessionId).map((row) => ({
      author: column.text(row, 'author'),
      replica: column.number(row, 'replica'),
      nonce: column.number(row, 'nonce'),
    }));
  }

  async readSteps(sessionId: string, after: number, limit: number): Promise<StepRecord[]> {
    return this.#read(() => this.#sql.readSteps.all(sessionId, after, limit).map(stepOf));
  }

  async countSteps(sessionId: string): Promise<number> {
    return this.#read(() => {
      const row = this.#sql.countSteps.get(sessionId);
      return row === undefined ? 0 : column.number(row, 'steps');
    });
  }

  async listVersions(sessionId: string): Promise<StepRecord[]> {
    return this.#read(() => this.#sql.listVersions.all(sessionId).map(stepOf));
  }

  async putSnapshot(snapshot: SnapshotRecord): Promise<void> {
    this.#transact(() => {
      this.#assertSession(snapshot.sessionId);
      const { sessionId, seq, logIndex, head, bytes, worldHash, at, size } = snapshot;
      this.#sql.putSnapshot.run(sessionId, seq, logIndex, head, bytes, worldHash, at, size);
      const all = this.#sql.listSnapshots.all(sessionId).map(snapshotMarkOf);
      for (const each of superfluous(all)) this.#sql.dropSnapshot.run(sessionId, each.seq);
    });
  }

  async latestSnapshot(
    sessionId: string,
    atMostSeq: number = Number.MAX_SAFE_INTEGER,
  ): Promise<SnapshotRecord | undefined> {
    return this.#read(() => {
      const row = this.#sql.latestSnapshot.get(sessionId, atMostSeq);
      return row && snapshotOf(row);
    });
  }

  async listSnapshots(sessionId: string): Promise<SnapshotMark[]> {
    return this.#read(() => this.#sql.listSnapshots.all(sessionId).map(snapshotMarkOf));
  }

  async grantBlob(grant: BlobGrant): Promise<void> {
    this.#transact(() => {
      this.#assertSession(grant.sessionId);
      this.#sql.grantBlob.run(grant.sessionId, grant.hash, grant.size, grant.author, grant.at);
    });
  }

  async getBlobGrant(sessionId: string, hash: string): Promise<BlobGrant | undefined> {
    this.#assertOpen();
    const row = this.#sql.getBlobGrant.get(sessionId, hash);
    return row && grantOf(row);
  }

  async blobUsage(sessionId: string): Promise<number> {
    this.#assertOpen();
    const row = this.#sql.blobUsage.get(sessionId);
    return row === undefined ? 0 : column.number(row, 'total');
  }

  /** How far the file may grow, in pages: beyond, writes are refused as `full`. */
  growTo(maxPages: number): void {
    this.#database.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
  }

  /** What is wrong with the file as a database, found by reading all of it. */
  findDamage(): string | undefined {
    this.#assertOpen();
    const row = this.#database.prepare('PRAGMA integrity_check(1)').get();
    const answer = row === undefined ? 'no answer' : column.text(row, 'integrity_check');
    return answer === 'ok' ? undefined : answer;
  }

  /**
   * Gives back, bit by bit, what dropped snapshots and sessions have left, writes the log of
   * unfinished writes back into the file, and brings the planner's statistics up to date.
   */
  async tidy(): Promise<void> {
    this.#assertOpen();
    this.#database.exec(`
      PRAGMA incremental_vacuum(${MAX_FREED_PAGES});
      PRAGMA wal_checkpoint(TRUNCATE);
      PRAGMA optimize;
    `);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#database.close();
  }

  #append(record: NewLogRecord, tails: Map<string, LogTail>): void {
    this.#assertSession(record.sessionId);
    assertFollows(tails.get(record.sessionId) ?? this.#tail(record.sessionId), record);
    tails.set(record.sessionId, record);
    const { sessionId, author, replica, nonce } = record;
    if (this.#sql.hasPacket.get(sessionId, author, replica, nonce) !== undefined)
      throw new StorageError('duplicate', `Packet ${author}/${replica}/${nonce} is in the log.`);
    this.#sql.append.run(
      sessionId,
      record.index,
      record.firstSeq,
      record.entryCount,
      author,
      replica,
      nonce,
      record.packet,
      record.judgement,
      record.head,
      record.at,
      checksumOf(record),
    );
    this.#appendSteps(record);
  }

  #appendSteps({ sessionId, index, author, at, steps = [] }: NewLogRecord): void {
    if (steps.length === 0) return;
    const row = this.#sql.countSteps.get(sessionId);
    let ordinal = row === undefined ? 0 : column.number(row, 'steps');
    for (const { seq, entries, type, label, version } of steps) {
      ordinal += 1;
      this.#sql.appendStep.run(
        sessionId,
        ordinal,
        index,
        seq,
        entries,
        type,
        label,
        author,
        at,
        version?.seq ?? null,
        version?.name ?? null,
      );
    }
  }

  #tail(sessionId: string): LogTail | undefined {
    const row = this.#sql.tail.get(sessionId);
    return (
      row && {
        index: column.number(row, 'position'),
        firstSeq: column.number(row, 'first_seq'),
        entryCount: column.number(row, 'entry_count'),
      }
    );
  }

  #patch(patch: SessionPatch): void {
    const row = this.#sql.getSession.get(patch.id);
    if (row === undefined) throw unknownSession(patch.id);
    const next = { ...sessionOf(row), ...patch };
    this.#sql.updateSession.run(next.lastActiveAt, next.epoch, next.id);
  }

  #assertSession(id: string): void {
    if (this.#sql.hasSession.get(id) === undefined) throw unknownSession(id);
  }

  #transact(change: () => void): void {
    this.#assertOpen();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      change();
      this.#database.exec('COMMIT');
    } catch (thrown) {
      // A full disk makes SQLite roll back by itself.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw storageErrorOf(thrown, this.#path);
    }
  }

  /** Reads what may turn out to be damaged. */
  #read<T>(read: () => T): T {
    this.#assertOpen();
    try {
      return read();
    } catch (thrown) {
      throw storageErrorOf(thrown, this.#path);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new StorageError('closed', 'The storage is closed.');
  }
}

function unknownSession(id: string): StorageError {
  return new StorageError('unknown-session', `There is no session ${id}.`);
}
