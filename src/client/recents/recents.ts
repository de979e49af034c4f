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
  await change(database, seen.session, (before) => {
    const picture = seen.picture ?? before?.picture;
    return { ...seen, name: before?.name ?? '', ...(picture && { picture }) };
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
  await change(database, session, (before) => before && { ...before, name });
}

/** Takes a session off the list. It goes on, and its links stay known. */
export async function forgetRecent(database: Database, session: string): Promise<void> {
  await database.delete('recents', session);
}

/** Reads and writes at once: another tab may be at the same session. */
async function change(
  database: Database,
  session: string,
  next: (before: RecentSession | undefined) => RecentSession | undefined,
): Promise<void> {
  const transaction = database.transaction('recents', 'readwrite');
  const after = next(await transaction.store.get(session));
  if (after) await transaction.store.put(after);
  await transaction.done;
}
