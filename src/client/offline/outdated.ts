import type { ThetaError } from '../../shared/errors.ts';

/** The refusal of a page that is older than its server (T3). */
export const OUTDATED = 'outdated_client';

/** The release of the page that this tab last gave up for a newer one. */
const KEY = 'theta.release-left';

/**
 * T3: whether a page that the server calls outdated may load itself anew: once for each release, for
 * what comes may be no newer. Where that cannot be noted, never.
 * @param release what tells this release of the page from others
 */
export function mayReloadFrom(release: string, storage: () => Storage): boolean {
  try {
    if (storage().getItem(KEY) === release) return false;
    storage().setItem(KEY, release);
    return true;
  } catch {
    return false;
  }
}

export interface ReleasedSession {
  readonly isOver: boolean;
  readonly problem: ThetaError | undefined;
}

/**
 * T3: tells somebody who is in the middle of his work, once, that the server is newer by now.
 * @returns to be called whenever the session has changed
 */
export function watchRelease(session: ReleasedSession, tell: (text: string) => void): () => void {
  let told = false;
  return () => {
    if (told || !session.isOver || session.problem?.code !== OUTDATED) return;
    told = true;
    tell(session.problem.message);
  };
}
