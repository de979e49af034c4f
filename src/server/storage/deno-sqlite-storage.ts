import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { assertFollows, type LogTail } from './log-order.ts';
import { openDatabase, openReadOnly } from './sqlite-file.ts';
import {
  column,
  firstLinkOf,
  grantOf,
  logRecordOf,
  sessionOf,
  snapshotMarkOf,
  snapshotOf,
} from './sqlite-rows.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';
import {
  type BlobGrant,
  type FirstLink,
  type LogRecord,
  type NonceMark,
  type SessionPatch,
  type SessionRecord,
  type SessionStorage,
  SNAPSHOTS_KEPT,
  type SnapshotMark,
  type SnapshotRecord,
  StorageError,
  type StoredVerdict,
} from './storage.ts';

/**
 * Storage in one SQLite file (WAL, synchronous=FULL). SQLite is synchronous here: each call blocks
 * for its own disk time (about 0.3 ms for a commit), which group commit spreads over many packets.
 * @throws StorageError `damaged` from the constructor
 */
export class DenoSqliteStorage implements SessionStorage {
  readonly #database: DatabaseSync;
  readonly #sql: Statements;
  #closed = false;

  /** @param readOnly looks on at a database that somebody else may be writing; changes nothing */
  constructor(path: string, { readOnly = false } = {}) {
    this.#database = readOnly ? openReadOnly(path) : openDatabase(path);
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

  async appendGroup(records: readonly LogRecord[]): Promise<void> {
    this.#transact(() => {
      const tails = new Map<string, LogTail>();
      for (const record of records) this.#append(record, tails);
    });
  }

  async readLog(sessionId: string, afterIndex: number, limit: number): Promise<LogRecord[]> {
    this.#assertOpen();
    return this.#sql.readLog.all(sessionId, afterIndex, limit).map(logRecordOf);
  }

  async lastRecord(sessionId: string): Promise<LogRecord | undefined> {
    this.#assertOpen();
    const row = this.#sql.lastRecord.get(sessionId);
    return row && logRecordOf(row);
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

  async putSnapshot(snapshot: SnapshotRecord): Promise<void> {
    this.#transact(() => {
      this.#assertSession(snapshot.sessionId);
      const { sessionId, seq, logIndex, head, bytes, worldHash, at } = snapshot;
      this.#sql.putSnapshot.run(sessionId, seq, logIndex, head, bytes, worldHash, at);
      this.#sql.dropSnapshots.run(sessionId, sessionId, SNAPSHOTS_KEPT);
    });
  }

  async latestSnapshot(
    sessionId: string,
    atMostSeq: number = Number.MAX_SAFE_INTEGER,
  ): Promise<SnapshotRecord | undefined> {
    this.#assertOpen();
    const row = this.#sql.latestSnapshot.get(sessionId, atMostSeq);
    return row && snapshotOf(row);
  }

  async listSnapshots(sessionId: string): Promise<SnapshotMark[]> {
    this.#assertOpen();
    return this.#sql.listSnapshots.all(sessionId).map(snapshotMarkOf);
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

  /** What is wrong with the file as a database, found by reading all of it. */
  findDamage(): string | undefined {
    this.#assertOpen();
    const row = this.#database.prepare('PRAGMA integrity_check(1)').get();
    const answer = row === undefined ? 'no answer' : column.text(row, 'integrity_check');
    return answer === 'ok' ? undefined : answer;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#database.close();
  }

  #append(record: LogRecord, tails: Map<string, LogTail>): void {
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
    );
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
      throw thrown;
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new StorageError('closed', 'The storage is closed.');
  }
}

function unknownSession(id: string): StorageError {
  return new StorageError('unknown-session', `There is no session ${id}.`);
}
