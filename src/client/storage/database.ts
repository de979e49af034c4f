import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { StoredHistory } from '../../commands/history-codec.ts';
import type { SealedPacket } from '../../commands/outbox.ts';

/** A packet without a verdict, as it is kept between pages. */
export interface StoredPacket extends SealedPacket {
  readonly session: string;
  readonly replica: number;
}

/** What one knows of a session: its links, as far as one has them. */
export interface KnownSession {
  readonly session: string;
  readonly links: Readonly<Partial<Record<'viewer' | 'editor' | 'admin', string>>>;
}

interface ThetaSchema extends DBSchema {
  readonly keys: { key: string; value: CryptoKeyPair | Uint8Array };
  readonly packets: { key: [string, number, number]; value: StoredPacket };
  readonly histories: { key: [string, number]; value: StoredHistory };
  readonly sessions: { key: string; value: KnownSession };
}

export type Database = IDBPDatabase<ThetaSchema>;

const NAME = 'theta';
const VERSION = 1;

/** The browser's store of this origin: the identity, edits that wait, sessions one has links to. */
export function openDatabase(): Promise<Database> {
  return openDB<ThetaSchema>(NAME, VERSION, {
    upgrade(database) {
      database.createObjectStore('keys');
      database.createObjectStore('packets', { keyPath: ['session', 'replica', 'nonce'] });
      database.createObjectStore('histories');
      database.createObjectStore('sessions', { keyPath: 'session' });
    },
  });
}
