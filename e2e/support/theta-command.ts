import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { denoPath } from '../../scripts/lib/server-process.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FLIP = fileURLToPath(new URL('flip-log-byte.ts', import.meta.url));

/** What a command line came to. */
export interface CommandResult {
  readonly code: number;
  readonly said: string;
}

/** Runs `theta verify` as an operator does. */
export function verifyData(dataDir: string, ...sessions: string[]): Promise<CommandResult> {
  return runTheta('verify', dataDir, ...sessions);
}

/** Runs a command of `theta`. */
export function runTheta(...args: string[]): Promise<CommandResult> {
  const script = join(ROOT, 'scripts', 'theta.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
    });
  });
}

/** Runs `use` on a copy of a stopped server's data in which one byte of a log record is another. */
export async function withFlippedByte(
  dataDir: string,
  record: number,
  use: (copy: string) => Promise<void>,
): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'theta-flipped-'));
  try {
    await cp(dataDir, copy, { recursive: true });
    const permissions = [`--allow-read=${copy}`, `--allow-write=${copy}`];
    const args = ['run', '--no-check', ...permissions, FLIP, join(copy, 'theta.db'), `${record}`];
    await promisify(execFile)(denoPath(ROOT), args, { cwd: ROOT });
    await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
