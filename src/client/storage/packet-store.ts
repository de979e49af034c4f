import type { SealedPacket } from '../../commands/outbox.ts';
import type { SessionStore } from '../session/session-options.ts';
import type { Database } from './database.ts';

/** D2: the packets of one replica without a verdict, in the browser's database. */
export class PacketStore implements SessionStore {
  readonly #database: Database;
  readonly #session: string;
  readonly #replica: number;

  constructor(database: Database, session: string, replica: number) {
    this.#database = database;
    this.#session = session;
    this.#replica = replica;
  }

  async load(): Promise<SealedPacket[]> {
    return this.#database.getAll('packets', this.#range());
  }

  async put(packet: SealedPacket): Promise<void> {
    const stored = { ...packet, session: this.#session, replica: this.#replica };
    await this.#database.put('packets', stored);
  }

  async remove(nonce: number): Promise<void> {
    await this.#database.delete('packets', [this.#session, this.#replica, nonce]);
  }

  async replaceAll(packets: readonly SealedPacket[]): Promise<void> {
    const transaction = this.#database.transaction('packets', 'readwrite');
    const { store, done } = transaction;
    const session = this.#session;
    const replica = this.#replica;
    await Promise.all([
      store.delete(this.#range()),
      ...packets.map((packet) => store.put({ ...packet, session, replica })),
      done,
    ]);
  }

  #range(): IDBKeyRange {
    return IDBKeyRange.bound(
      [this.#session, this.#replica, 0],
      [this.#session, this.#replica, Number.POSITIVE_INFINITY],
    );
  }
}

/** Replicas of a session that left something: packets without a verdict, or steps in their trays. */
export async function replicasWithEdits(database: Database, session: string): Promise<Set<number>> {
  const range = IDBKeyRange.bound([session, 0], [session, Number.POSITIVE_INFINITY]);
  const [packets, steps] = await Promise.all([
    database.getAllKeys('packets', range),
    database.getAllKeys('tray', range),
  ]);
  return new Set([...packets, ...steps].map(([, replica]) => replica));
}
