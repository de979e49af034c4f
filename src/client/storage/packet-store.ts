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
    const range = IDBKeyRange.bound(
      [this.#session, this.#replica, 0],
      [this.#session, this.#replica, Number.POSITIVE_INFINITY],
    );
    return this.#database.getAll('packets', range);
  }

  async put(packet: SealedPacket): Promise<void> {
    const stored = { ...packet, session: this.#session, replica: this.#replica };
    await this.#database.put('packets', stored);
  }

  async remove(nonce: number): Promise<void> {
    await this.#database.delete('packets', [this.#session, this.#replica, nonce]);
  }
}

/** Replicas of a session that have packets without a verdict. */
export async function replicasWithPackets(
  database: Database,
  session: string,
): Promise<Set<number>> {
  const range = IDBKeyRange.bound([session, 0, 0], [session, Number.POSITIVE_INFINITY, 0]);
  const keys = await database.getAllKeys('packets', range);
  return new Set(keys.map(([, replica]) => replica));
}
