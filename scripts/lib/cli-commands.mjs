import { resolve } from 'node:path';

/**
 * The commands of `theta`. Each has the Deno program that carries it out, what it is given, and the
 * permissions that it runs with; these are undefined where the arguments are not what it needs.
 */
export const COMMANDS = {
  verify: {
    main: 'src/server/verify-main.ts',
    parameters: '<data-dir> [session]',
    summary: 'checks every signature, nonce and hash of stored sessions',
    permissions: ([folder, , ...more]) =>
      folder === undefined || more.length > 0 ? undefined : [`--allow-read=${resolve(folder)}`],
  },
};

export function usage() {
  const lines = Object.entries(COMMANDS).map(
    ([name, { parameters, summary }]) => `  theta ${name} ${parameters}\n      ${summary}`,
  );
  return ['Usage:', ...lines].join('\n');
}
