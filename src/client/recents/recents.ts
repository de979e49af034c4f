import type { Database, RecentSession } from '../storage/database.ts';

/** More are forgotten, the oldest first: their links remain. */
const MOST = 24;

/** The sessions that this browser was in, the newest first. */
export async function listRecents(database: Database): Promise<RecentSession[]> {
  const all = await database.getAll('recents');
  return all.sort((a, b) => b.seenAt - a.seenAt);
}

/** Notes that this browser is in a session; keeps the name and picture that it has. */
export async function noteRecent(
  database: Database,
  seen: Omit<RecentSession, 'name'>,
): Promise<void> {
  const before = await database.get('recents', seen.session);
  const picture = seen.picture ?? before?.picture;
  await database.put('recents', {
    ...seen,
    name: before?.name ?? '',
    ...(picture && { picture }),
  });
  for (const { session } of (await listRecents(database)).slice(MOST)) {
    await database.delete('recents', session);
  }
}

export async function renameRecent(
  database: Database,
  session: string,
  name: string,
): Promise<void> {
  const before = await database.get('recents', session);
  if (before) await database.put('recents', { ...before, name });
}

/** Takes a session off the list. It goes on, and its links stay known. */
export async function forgetRecent(database: Database, session: string): Promise<void> {
  await database.delete('recents', session);
}
