import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { denoPath, serverPermissions } from '../../scripts/lib/server-process.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TIMEOUT_MS = 30_000;

/** How a start ended that was no start. */
export interface RefusedStart {
  readonly code: number | undefined;
  /** All that the server said. */
  readonly said: string;
}

/** Starts the server with an environment that it should refuse, and waits for its end. */
export function refusedStart(
  dataDir: string,
  variables: Readonly<Record<string, string>>,
): Promise<RefusedStart> {
  const env = { PATH: process.env.PATH ?? '', THETA_PORT: '0', THETA_HTTP_PORT: '0' };
  const given = { ...env, THETA_DATA_DIR: dataDir, ...variables };
  const main = join(ROOT, 'src', 'server', 'main.ts');
  const permissions = serverPermissions(ROOT, given);
  const args = ['run', '--no-prompt', '--no-check', '--unstable-net', ...permissions, main];
  return new Promise((resolve) => {
    execFile(denoPath(ROOT), args, { env: given, timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      resolve({ code: typeof code === 'number' ? code : undefined, said: stdout + stderr });
    });
  });
}
