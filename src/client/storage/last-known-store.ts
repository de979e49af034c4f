import type { KnownLog, LastKnownStore, LogBase, LogTailRecord } from '../session/last-known.ts';
import type { Database } from './database.ts';

/** Records before the base that stay, for a server that was restored from a backup (D3). */
export const RECORDS_KEPT = 10_000;

/** What this browser last knew of a session, in its database. */
export class DatabaseLastKnown implements LastKnownStore {
  readonly #database: Database;
  readonly #session: string;
  readonly #compact: () => Promise<void>;

  /** @param compact makes a newer base of this session's records elsewhere */
  constructor(database: Database, session: string, compact: () => Promise<void>) {
    this.#database = database;
    this.#session = session;
    this.#compact = compact;
  }

  async load(): Promise<KnownLog | undefined> {
    const transaction = this.#database.transaction(['bases', 'records']);
    const base = await transaction.objectStore('bases').get(this.#session);
    if (base === undefined) return undefined;
    const range = this.#range(base.index);
    const stored = await transaction.objectStore('records').getAll(range);
    const records = stored.filter(({ index }, at) => index === base.index + at + 1);
    return { base, records };
  }

  async begin(base: LogBase): Promise<void> {
    const transaction = this.#database.transaction(['bases', 'records'], 'readwrite');
    await Promise.all([
      transaction.objectStore('bases').put({ ...base, session: this.#session }),
      transaction.objectStore('records').delete(this.#range(base.index)),
      transaction.done,
    ]);
  }

  async append(records: readonly LogTailRecord[]): Promise<void> {
    const { store, done } = this.#database.transaction('records', 'readwrite');
    const session = this.#session;
    await Promise.all([...records.map((record) => store.put({ ...record, session })), done]);
  }

  async after(index: number, limit: number): Promise<LogTailRecord[]> {
    return this.#database.getAll('records', this.#range(index), limit);
  }

  async forget(): Promise<void> {
    const transaction = this.#database.transaction(['bases', 'records'], 'readwrite');
    await Promise.all([
      transaction.objectStore('bases').delete(this.#session),
      transaction.objectStore('records').delete(this.#range(-1)),
      transaction.done,
    ]);
  }

  compact(): Promise<void> {
    return this.#compact();
  }

  /** A base made of the one before and records after it; nothing is lost where another came since. */
  async advance(from: LogBase, to: LogBase): Promise<void> {
    const transaction = this.#database.transaction(['bases', 'records'], 'readwrite');
    const bases = transaction.objectStore('bases');
    const current = await bases.get(this.#session);
    if (current?.index === from.index && current.epoch === from.epoch) {
      await bases.put({ ...to, session: this.#session });
      const last = to.index - RECORDS_KEPT;
      const old = IDBKeyRange.bound([this.#session, 0], [this.#session, last]);
      if (last > 0) await transaction.objectStore('records').delete(old);
    }
    await transaction.done;
  }

  /** Records after an index. */
  #range(index: number): IDBKeyRange {
    const from = [this.#session, index];
    return IDBKeyRange.bound(from, [this.#session, Number.POSITIVE_INFINITY], true);
  }
}
