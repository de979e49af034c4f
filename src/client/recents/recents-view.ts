import type { RecentsView } from '../../ui/pages/recent-sessions.tsx';
import { openDatabase } from '../storage/database.ts';
import { forgetRecent, listRecents, renameRecent } from './recents.ts';

/** The start page's list, out of this browser's database. */
export function recentsOf(): RecentsView {
  return {
    list: async () => listRecents(await openDatabase()),
    rename: async (session, name) => renameRecent(await openDatabase(), session, name),
    forget: async (session) => forgetRecent(await openDatabase(), session),
  };
}
