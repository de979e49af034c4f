import type { StoredHistory } from '../../commands/history-codec.ts';
import type { HistoryStore } from '../session/history-keeper.ts';
import type { Database } from './database.ts';

/** O5: a replica's undo and redo, in the browser's database. */
export class DatabaseHistory implements HistoryStore {
  readonly #database: Database;
  readonly #key: [string, number];

  constructor(database: Database, session: string, replica: number) {
    this.#database = database;
    this.#key = [session, replica];
  }

  load(): Promise<StoredHistory | undefined> {
    return this.#database.get('histories', this.#key);
  }

  async save(history: StoredHistory): Promise<void> {
    await this.#database.put('histories', history, this.#key);
  }
}
