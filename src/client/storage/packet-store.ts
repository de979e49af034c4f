import type { HighWater, SealedPacket } from '../../commands/outbox.ts';
import type { SessionStore, StoredPackets } from '../session/session-options.ts';
import type { Database, StoredPacket } from './database.ts';

/** D2: the packets of one replica without a verdict, in the browser's database. */
export class PacketStore implements SessionStore {
  readonly #database: Database;
  readonly #key: [string, number];

  constructor(database: Database, session: string, replica: number) {
    this.#database = database;
    this.#key = [session, replica];
  }

  async load(): Promise<StoredPackets> {
    const transaction = this.#database.transaction(['packets', 'used']);
    const [packets, used] = await Promise.all([
      transaction.objectStore('packets').getAll(this.#range()),
      transaction.objectStore('used').get(this.#key),
    ]);
    return { packets, used };
  }

  async put(packet: SealedPacket, used: HighWater): Promise<void> {
    const transaction = this.#database.transaction(['packets', 'used'], 'readwrite');
    await Promise.all([
      transaction.objectStore('packets').put(this.#stored(packet)),
      transaction.objectStore('used').put(used, this.#key),
      transaction.done,
    ]);
  }

  async remove(nonce: number): Promise<void> {
    await this.#database.delete('packets', [...this.#key, nonce]);
  }

  async replaceAll(packets: readonly SealedPacket[], used: HighWater): Promise<void> {
    const transaction = this.#database.transaction(['packets', 'used'], 'readwrite');
    const store = transaction.objectStore('packets');
    await Promise.all([
      store.delete(this.#range()),
      ...packets.map((packet) => store.put(this.#stored(packet))),
      transaction.objectStore('used').put(used, this.#key),
      transaction.done,
    ]);
  }

  #stored(packet: SealedPacket): StoredPacket {
    const [session, replica] = this.#key;
    return { ...packet, session, replica };
  }

  #range(): IDBKeyRange {
    return IDBKeyRange.bound([...this.#key, 0], [...this.#key, Number.POSITIVE_INFINITY]);
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
