import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { denoPath } from '../../scripts/lib/server-process.mjs';
import type { TestServer } from './server.ts';
import type { Role } from './session.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = fileURLToPath(new URL('revoke-link.ts', import.meta.url));

/** Withdraws a session's link of a role, in the data of a server that does not run. */
export async function revokeStoredLink(
  { dataDir }: TestServer,
  sessionId: string,
  role: Role,
): Promise<void> {
  const permissions = [`--allow-read=${dataDir}`, `--allow-write=${dataDir}`];
  const args = ['run', '--no-check', ...permissions, SCRIPT];
  await promisify(execFile)(denoPath(ROOT), [...args, join(dataDir, 'theta.db'), sessionId, role], {
    cwd: ROOT,
  });
}
