import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../storage/database.ts';
import { forgetRecent, listRecents, noteRecent, renameRecent } from './recents.ts';

const seen = (session: string, seenAt: number) => ({
  session,
  seenAt,
  role: 'editor' as const,
  objects: 3,
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe('recent sessions', () => {
  it('keep their names when they are seen again, the newest first, so many', async () => {
    const database = await openDatabase();
    for (let at = 0; at < 30; at++) await noteRecent(database, seen(`s${at}`, at));
    await renameRecent(database, 's20', 'Garden');
    await noteRecent(database, seen('s20', 99));
    const recents = await listRecents(database);
    expect(recents).toHaveLength(24);
    expect(recents[0]).toMatchObject({ session: 's20', name: 'Garden', seenAt: 99 });
    await forgetRecent(database, 's20');
    await renameRecent(database, 's20', 'Gone');
    expect((await listRecents(database)).some(({ session }) => session === 's20')).toBe(false);
  });

  it('lose no name that one tab gives while another notes a picture', async () => {
    const [one, other] = [await openDatabase(), await openDatabase()];
    await noteRecent(one, seen('s', 1));
    await Promise.all([
      noteRecent(one, seen('s', 2)),
      renameRecent(other, 's', 'Garden'),
      noteRecent(one, seen('s', 3)),
    ]);
    expect(await listRecents(one)).toMatchObject([{ session: 's', name: 'Garden', seenAt: 3 }]);
  });
});
