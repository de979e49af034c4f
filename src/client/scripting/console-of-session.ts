import type { ClientSession } from '../session/client-session.ts';
import { PageConsole } from './page-console.ts';
import type { ThetaApi } from './theta-api.ts';

/** The console of a session; most of it comes when it is opened first. */
export function consoleOf(session: ClientSession, theta: ThetaApi): PageConsole {
  return new PageConsole(async () => {
    const { consoleParts } = await import('./console-parts.ts');
    return consoleParts(session, theta);
  });
}
