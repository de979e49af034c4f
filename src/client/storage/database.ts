import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
  unwrap,
  wrap,
} from 'idb';
import type { StoredHistory } from '../../commands/history-codec.ts';
import type { HighWater, SealedPacket } from '../../commands/outbox.ts';
import type { Role } from '../../shared/roles.ts';
import type { LogBase, LogTailRecord } from '../session/last-known.ts';
import type { TrayItem } from '../session/tray.ts';

/** A packet without a verdict, as it is kept between pages. */
export interface StoredPacket extends SealedPacket {
  readonly session: string;
  readonly replica: number;
}

/** A step in the tray of a replica. */
export interface StoredTrayItem extends TrayItem {
  readonly session: string;
  readonly replica: number;
}

/** What one knows of a session: the tokens of its links, as far as one has them. */
export interface KnownSession {
  readonly session: string;
  readonly tokens?: readonly string[];
  /** What earlier versions kept: a path with the token, for each role. */
  readonly links?: Readonly<Partial<Record<'viewer' | 'editor' | 'admin', string>>>;
}

/** A session that this browser was in. */
export interface RecentSession {
  readonly session: string;
  /** What its user calls it here; empty for no name. */
  readonly name: string;
  readonly role: Role;
  /** Milliseconds since the Unix epoch. */
  readonly seenAt: number;
  readonly objects: number;
  /** What it looked like, as an image file. */
  readonly picture?: Blob;
}

interface ThetaSchema extends DBSchema {
  readonly keys: { key: string; value: CryptoKeyPair | Uint8Array | number };
  readonly packets: { key: [string, number, number]; value: StoredPacket };
  /** Numbers of a replica that are never used again, also by a page that opens offline. */
  readonly used: { key: [string, number]; value: HighWater };
  readonly histories: { key: [string, number]; value: StoredHistory };
  readonly sessions: { key: string; value: KnownSession };
  readonly tray: { key: [string, number, string]; value: StoredTrayItem };
  /** Sessions as the start page lists them. */
  readonly recents: { key: string; value: RecentSession };
  /** The last known document of a session, without the records after it. */
  readonly bases: { key: string; value: LogBase & { readonly session: string } };
  /** Judged packets of a session, by their index. */
  readonly records: {
    key: [string, number];
    value: LogTailRecord & { readonly session: string };
  };
}

export type Database = IDBPDatabase<ThetaSchema>;

const NAME = 'theta';
const VERSION = 5;

/**
 * The browser's store of this origin: the identity, edits that wait or were refused, sessions that
 * one has links to and what one last knew of them.
 */
export function openDatabase(): Promise<Database> {
  return openDB<ThetaSchema>(NAME, VERSION, {
    async upgrade(database, from, _to, transaction) {
      if (from < 1) {
        database.createObjectStore('keys');
        database.createObjectStore('packets', { keyPath: ['session', 'replica', 'nonce'] });
        database.createObjectStore('histories');
        database.createObjectStore('sessions', { keyPath: 'session' });
      }
      if (from < 2) {
        database.createObjectStore('tray', { keyPath: ['session', 'replica', 'id'] });
      }
      if (from < 3) {
        database.createObjectStore('bases', { keyPath: 'session' });
        database.createObjectStore('records', { keyPath: ['session', 'index'] });
      }
      if (from < 4) database.createObjectStore('recents', { keyPath: 'session' });
      if (from < 5) {
        database.createObjectStore('used');
        if (from >= 3) await takeNonces(database, transaction);
      }
    },
    // A page of a newer version waits for this one to let go.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });
}

/** Until version 4 the next nonce alone was kept of a replica's numbers, in a store of its own. */
async function takeNonces(
  database: Database,
  transaction: IDBPTransaction<ThetaSchema, StoreNames<ThetaSchema>[], 'versionchange'>,
): Promise<void> {
  const nonces = unwrap(transaction).objectStore('nonces');
  const [keys, values] = await Promise.all([
    wrap(nonces.getAllKeys()) as Promise<unknown> as Promise<[string, number][]>,
    wrap(nonces.getAll()) as Promise<number[]>,
  ]);
  const used = transaction.objectStore('used');
  await Promise.all(
    keys.map((key, at) => used.put({ nextNonce: values[at] ?? 1, lamport: 0, counter: 0 }, key)),
  );
  unwrap(database).deleteObjectStore('nonces');
}
