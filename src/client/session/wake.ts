import type { ClientSession } from './client-session.ts';

/**
 * T4: looks at the connection at once when the network changes, the machine wakes or somebody looks at
 * the page again, instead of at the next beat or the end of a pause.
 */
export function lookWhenWoken(session: Pick<ClientSession, 'lookAtConnection'>): void {
  const look = (): void => session.lookAtConnection();
  addEventListener('online', look);
  addEventListener('offline', look);
  document.addEventListener('resume', look);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look();
  });
}
