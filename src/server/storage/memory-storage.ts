import { createHash } from 'node:crypto';
import { type Bytes, toHex } from '../../shared/bytes.ts';
import { superfluous } from './keyframes.ts';
import { assertFollows } from './log-order.ts';
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

interface SessionState {
  record: SessionRecord;
  readonly links: readonly FirstLink[];
  readonly log: LogRecord[];
  /** `author/replica/nonce` of every record in `log`. */
  readonly packets: Map<string, LogRecord>;
  readonly steps: StepRecord[];
  snapshots: readonly SnapshotRecord[];
  readonly grants: Map<string, BlobGrant>;
}

const packetKey = (author: string, replica: number, nonce: number): string =>
  `${author}/${replica}/${nonce}`;

/** Storage that ends with the process: for tests and simulations. */
export class MemoryStorage implements SessionStorage {
  readonly #sessions = new Map<string, SessionState>();
  #closed = false;

  async createSession(session: SessionRecord, links: readonly FirstLink[]): Promise<void> {
    this.#assertOpen();
    if (this.#sessions.has(session.id))
      throw new StorageError('duplicate', `Session ${session.id} exists already.`);
    this.#sessions.set(session.id, {
      record: structuredClone(session),
      links: structuredClone(links),
      log: [],
      packets: new Map(),
      steps: [],
      snapshots: [],
      grants: new Map(),
    });
  }

  async getSession(id: string): Promise<SessionRecord | undefined> {
    this.#assertOpen();
    return structuredClone(this.#sessions.get(id)?.record);
  }

  async updateSession(patch: SessionPatch): Promise<void> {
    this.#patch(patch);
  }

  async countSessions(): Promise<number> {
    this.#assertOpen();
    return this.#sessions.size;
  }

  async listSessions(): Promise<string[]> {
    this.#assertOpen();
    return [...this.#sessions.keys()].sort(order);
  }

  async listEmptySessions(before: number, limit: number): Promise<string[]> {
    this.#assertOpen();
    return [...this.#sessions.values()]
      .filter((state) => state.record.lastActiveAt < before && isEmpty(state))
      .sort((a, b) => a.record.lastActiveAt - b.record.lastActiveAt)
      .slice(0, limit)
      .map((state) => state.record.id);
  }

  async deleteSession(id: string): Promise<void> {
    this.#assertOpen();
    this.#sessions.delete(id);
  }

  async listFirstLinks(sessionId: string): Promise<FirstLink[]> {
    this.#assertOpen();
    const links = this.#sessions.get(sessionId)?.links ?? [];
    return structuredClone([...links]).sort(
      (a, b) => a.createdAt - b.createdAt || order(a.id, b.id),
    );
  }

  async appendGroup(records: readonly NewLogRecord[]): Promise<void> {
    this.#assertAppendable(records);
    for (const record of records) {
      const state = this.#need(record.sessionId);
      const { steps = [], ...copy } = structuredClone(record);
      const { sessionId, index, author, at } = copy;
      for (const step of steps) {
        const ordinal = state.steps.length + 1;
        state.steps.push({ ...step, sessionId, ordinal, index, author, at });
      }
      state.log.push(copy);
      state.packets.set(packetKey(copy.author, copy.replica, copy.nonce), copy);
    }
  }

  async readLog(sessionId: string, afterIndex: number, limit: number): Promise<LogRecord[]> {
    this.#assertOpen();
    const log = this.#sessions.get(sessionId)?.log ?? [];
    return structuredClone(log.slice(afterIndex, afterIndex + limit));
  }

  async lastRecord(sessionId: string): Promise<LogRecord | undefined> {
    this.#assertOpen();
    return structuredClone(this.#sessions.get(sessionId)?.log.at(-1));
  }

  async findVerdict(
    sessionId: string,
    author: string,
    replica: number,
    nonce: number,
  ): Promise<StoredVerdict | undefined> {
    this.#assertOpen();
    const key = packetKey(author, replica, nonce);
    const record = this.#sessions.get(sessionId)?.packets.get(key);
    if (record === undefined) return undefined;
    return { packetHash: sha256(record.packet), judgement: record.judgement.slice() };
  }

  async highWater(sessionId: string): Promise<NonceMark[]> {
    this.#assertOpen();
    const marks = new Map<string, NonceMark>();
    for (const { author, replica, nonce } of this.#sessions.get(sessionId)?.log ?? []) {
      const key = `${author}/${replica}`;
      if (nonce > (marks.get(key)?.nonce ?? -1)) marks.set(key, { author, replica, nonce });
    }
    return [...marks.values()].sort((a, b) => order(a.author, b.author) || a.replica - b.replica);
  }

  async readSteps(sessionId: string, after: number, limit: number): Promise<StepRecord[]> {
    this.#assertOpen();
    const steps = this.#sessions.get(sessionId)?.steps ?? [];
    return structuredClone(steps.slice(after, after + limit));
  }

  async countSteps(sessionId: string): Promise<number> {
    this.#assertOpen();
    return this.#sessions.get(sessionId)?.steps.length ?? 0;
  }

  async listVersions(sessionId: string): Promise<StepRecord[]> {
    this.#assertOpen();
    const steps = this.#sessions.get(sessionId)?.steps ?? [];
    return structuredClone(steps.filter(({ version }) => version !== undefined));
  }

  async putSnapshot(snapshot: SnapshotRecord): Promise<void> {
    const state = this.#need(snapshot.sessionId);
    const all = [
      ...state.snapshots.filter((kept) => kept.seq !== snapshot.seq),
      structuredClone(snapshot),
    ].sort((a, b) => a.seq - b.seq);
    const dropped = new Set(superfluous(all.map(markOf)).map(({ seq }) => seq));
    state.snapshots = all.filter(({ seq }) => !dropped.has(seq));
  }

  async latestSnapshot(
    sessionId: string,
    atMostSeq = Number.POSITIVE_INFINITY,
  ): Promise<SnapshotRecord | undefined> {
    this.#assertOpen();
    const snapshots = this.#sessions.get(sessionId)?.snapshots ?? [];
    return structuredClone(snapshots.findLast((snapshot) => snapshot.seq <= atMostSeq));
  }

  async listSnapshots(sessionId: string): Promise<SnapshotMark[]> {
    this.#assertOpen();
    const snapshots = this.#sessions.get(sessionId)?.snapshots ?? [];
    return snapshots.map(markOf);
  }

  async grantBlob(grant: BlobGrant): Promise<void> {
    const { grants } = this.#need(grant.sessionId);
    if (!grants.has(grant.hash)) grants.set(grant.hash, structuredClone(grant));
  }

  async getBlobGrant(sessionId: string, hash: string): Promise<BlobGrant | undefined> {
    this.#assertOpen();
    return structuredClone(this.#sessions.get(sessionId)?.grants.get(hash));
  }

  async blobUsage(sessionId: string): Promise<number> {
    this.#assertOpen();
    const grants = this.#sessions.get(sessionId)?.grants.values() ?? [];
    return [...grants].reduce((sum, grant) => sum + grant.size, 0);
  }

  async tidy(): Promise<void> {
    this.#assertOpen();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #patch(patch: SessionPatch): void {
    const state = this.#need(patch.id);
    state.record = { ...state.record, ...patch };
  }

  /** Everything is checked before anything changes: an append is whole or not at all. */
  #assertAppendable(records: readonly LogRecord[]): void {
    this.#assertOpen();
    const tails = new Map<string, LogRecord | undefined>();
    const packets = new Set<string>();
    for (const record of records) {
      const state = this.#need(record.sessionId);
      const tail = tails.get(record.sessionId) ?? state.log.at(-1);
      assertFollows(tail, record);
      tails.set(record.sessionId, record);
      const key = packetKey(record.author, record.replica, record.nonce);
      if (state.packets.has(key) || packets.has(`${record.sessionId}/${key}`))
        throw new StorageError('duplicate', `Packet ${key} is in the log already.`);
      packets.add(`${record.sessionId}/${key}`);
    }
  }

  #need(sessionId: string): SessionState {
    this.#assertOpen();
    const state = this.#sessions.get(sessionId);
    if (state === undefined)
      throw new StorageError('unknown-session', `There is no session ${sessionId}.`);
    return state;
  }

  #assertOpen(): void {
    if (this.#closed) throw new StorageError('closed', 'The storage is closed.');
  }
}

/** Nobody but the session itself has said anything in it. */
function isEmpty({ log, record }: SessionState): boolean {
  const own = toHex(record.publicKey);
  return log.every(({ author }) => author === own);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(bytes: Uint8Array): Bytes {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

function markOf({ bytes, ...mark }: SnapshotRecord): SnapshotMark {
  return { ...structuredClone(mark), storedBytes: bytes.length };
}
