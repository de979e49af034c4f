import type { ClientSession } from '../session/client-session.ts';
import { PageConsole } from './page-console.ts';
import { commandVocabulary } from './script-vocabulary.ts';
import type { ThetaApi } from './theta-api.ts';

/** The console of a session; the place where its scripts run comes with the first of them. */
export function consoleOf(session: ClientSession, theta: ThetaApi): PageConsole {
  return new PageConsole({
    theta,
    openSandbox: async (listener) => {
      const { openSandbox } = await import('./sandbox/open-sandbox.ts');
      return openSandbox(theta, session.document, listener);
    },
    commands: commandVocabulary,
  });
}
