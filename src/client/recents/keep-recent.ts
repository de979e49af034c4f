import type { Role } from '../../shared/roles.ts';
import type { Database } from '../storage/database.ts';
import { noteRecent } from './recents.ts';

export interface KeepRecentOptions {
  readonly database: Database;
  readonly session: string;
  readonly role: () => Role;
  readonly objects: () => number;
  /** What the view shows now; undefined while nothing is drawn. */
  readonly picture: () => Promise<Blob | undefined>;
  /** Calls back after each change of the scene. */
  readonly onChange: (changed: () => void) => void;
}

/** A picture is taken when hands have rested for so long. */
const REST_MS = 5000;

/**
 * Keeps the session on the start page's list, with a picture of how it was left. It is taken while nothing
 * is done, so that no frame waits for it.
 */
export function keepRecent(options: KeepRecentOptions): void {
  const { database, session, role, objects, picture, onChange } = options;
  const note = async (withPicture: boolean): Promise<void> => {
    const taken = withPicture ? await picture() : undefined;
    const seen = { session, role: role(), seenAt: Date.now(), objects: objects() };
    await noteRecent(database, { ...seen, ...(taken && { picture: taken }) });
  };
  // A browser without room goes without the list.
  const tryNote = (withPicture: boolean): void => void note(withPicture).catch(() => undefined);
  let timer = 0;
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => whenIdle(() => tryNote(true)), REST_MS);
  };
  tryNote(false);
  later();
  onChange(later);
}

/** Safari has no idle callbacks. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run);
  else run();
}
