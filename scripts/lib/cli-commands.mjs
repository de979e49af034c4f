import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The commands of `theta`. Each has the Deno program that carries it out, what it is given, and the
 * permissions that it runs with; these are undefined where the arguments are not what it needs.
 */
export const COMMANDS = {
  link: {
    main: 'src/server/link-main.ts',
    parameters: 'new <session> [--role admin] [--days 7] [--label text] [--data-dir ./data]',
    summary: 'makes a link to a session, whether its server runs or not',
    permissions(args) {
      const folder = dataFolderOf(args);
      const compressor = fileURLToPath(
        new URL('../../node_modules/@bokuweb/zstd-wasm/dist', import.meta.url),
      );
      return [
        `--allow-read=${folder},${compressor}`,
        `--allow-write=${folder}`,
        '--allow-net=localhost',
        '--allow-env=THETA_DATA_DIR',
      ];
    },
  },
  verify: {
    main: 'src/server/verify-main.ts',
    parameters: '<data-dir> [session]',
    summary: 'checks every signature, nonce and hash of stored sessions',
    permissions: ([folder, , ...more]) =>
      folder === undefined || more.length > 0 ? undefined : [`--allow-read=${resolve(folder)}`],
  },
};

/** As the program itself reads it: the option, else the environment, else the default. */
function dataFolderOf(args) {
  const at = args.findIndex((arg) => arg === '--data-dir' || arg.startsWith('--data-dir='));
  const given = args[at]?.includes('=') ? args[at].slice('--data-dir='.length) : args[at + 1];
  return resolve((at >= 0 && given) || process.env.THETA_DATA_DIR || './data');
}

export function usage() {
  const lines = Object.entries(COMMANDS).map(
    ([name, { parameters, summary }]) => `  theta ${name} ${parameters}\n      ${summary}`,
  );
  return ['Usage:', ...lines].join('\n');
}
