import type { ClientSession } from '../session/client-session.ts';
import type { ConsoleParts } from './page-console.ts';
import { openSandbox } from './sandbox/open-sandbox.ts';
import { commandVocabulary, memberVocabulary } from './script-vocabulary.ts';
import type { ThetaApi } from './theta-api.ts';

/** What the console of a session runs scripts with, and completes them from. */
export function consoleParts({ document }: ClientSession, theta: ThetaApi): ConsoleParts {
  const commands = commandVocabulary();
  return {
    openSandbox: (listener) => openSandbox(theta, document, listener),
    vocabulary: (names) => ({ members: memberVocabulary(theta), commands, names }),
  };
}
