import type { TrayItem, TrayStore } from '../session/tray.ts';
import type { Database } from './database.ts';

/** O4: the tray of one replica, in the browser's database. */
export class DatabaseTray implements TrayStore {
  readonly #database: Database;
  readonly #session: string;
  readonly #replica: number;

  constructor(database: Database, session: string, replica: number) {
    this.#database = database;
    this.#session = session;
    this.#replica = replica;
  }

  async load(): Promise<TrayItem[]> {
    const from = [this.#session, this.#replica, ''];
    const to = [this.#session, this.#replica, '\uffff'];
    const items = await this.#database.getAll('tray', IDBKeyRange.bound(from, to));
    return items.sort((a, b) => a.at - b.at || a.lamport - b.lamport);
  }

  async put(item: TrayItem): Promise<void> {
    await this.#database.put('tray', { ...item, session: this.#session, replica: this.#replica });
  }

  async remove(id: string): Promise<void> {
    await this.#database.delete('tray', [this.#session, this.#replica, id]);
  }
}
