import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ownAgreement } from '../commands/agreement.ts';
import { linkPath } from '../commands/governance/link-token.ts';
import { MAX_LINK_LABEL } from '../commands/governance/links.ts';
import { loadCompressor } from '../protocol/compression.ts';
import { systemClock } from '../shared/clock.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { ROLES, type Role } from '../shared/roles.ts';
import { Metrics } from '../telemetry/prometheus.ts';
import { ConfigError } from './config.ts';
import { DATABASE } from './data-folder.ts';
import { lockDataFolder } from './deno-data-lock.ts';
import { loggerFor } from './logging.ts';
import { findOperatorDoor } from './operator-door.ts';
import { Rooms } from './room/host.ts';
import type { LinkRequest } from './room-host.ts';
import { DenoSqliteStorage } from './storage/deno-sqlite-storage.ts';
import { FileBlobs } from './storage/file-blobs.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const DAY_MS = 86_400_000;

class UsageError extends ThetaError<'usage'> {}

interface Wish extends LinkRequest {
  readonly sessionId: string;
  readonly dataDir: string;
}

/** `theta link new <session>`: see docs/operations.md. */
async function main(args: string[]): Promise<void> {
  const wish = read(args);
  if (!existsSync(join(wish.dataDir, DATABASE)))
    throw new UsageError('usage', `There is no ${DATABASE} in ${wish.dataDir}; say --data-dir.`);
  console.log(await makeLink(wish));
}

function read(args: string[]): Wish {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      role: { type: 'string', default: 'admin' },
      label: { type: 'string', default: 'Made by the operator' },
      days: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
  const [verb, sessionId, ...more] = positionals;
  if (verb !== 'new' || sessionId === undefined || more.length > 0)
    throw new UsageError('usage', 'Usage: theta link new <session> [--role admin] [--days 7]');
  return {
    sessionId,
    role: roleOf(values.role),
    label: values.label.slice(0, MAX_LINK_LABEL),
    expiresAt: values.days === undefined ? undefined : Date.now() + daysOf(values.days) * DAY_MS,
    dataDir: values['data-dir'] || Deno.env.get('THETA_DATA_DIR') || './data',
  };
}

function roleOf(text: string): Role {
  const role = ROLES.find((each) => each === text);
  if (role === undefined) throw new UsageError('usage', `--role is one of ${ROLES.join(', ')}.`);
  return role;
}

function daysOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError('usage', '--days is a whole number from 1 to 9999.');
  return Number(text);
}

/** By the server where one runs on this data, else in its place: never beside it. */
async function makeLink(wish: Wish): Promise<string> {
  let unlock: () => void;
  try {
    unlock = lockDataFolder(wish.dataDir);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return askServer(wish);
    throw thrown;
  }
  try {
    return await makeHere(wish);
  } finally {
    unlock();
  }
}

async function askServer({ dataDir, ...link }: Wish): Promise<string> {
  const { port, secret } = findOperatorDoor(dataDir);
  const origin = `http://localhost:${port}`;
  const response = await fetch(`${origin}/api/operator/links`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(link),
  });
  const answer = answerSchema.parse(await response.json());
  if ('error' in answer) throw new ThetaError('refused', answer.error.message);
  return origin + answer.path;
}

const answerSchema = z.union([
  z.object({ path: z.string() }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

async function makeHere({ dataDir, sessionId, ...link }: Wish): Promise<string> {
  const storage = new DenoSqliteStorage(join(dataDir, DATABASE));
  try {
    const rooms = new Rooms({
      storage,
      blobs: new FileBlobs(dataDir),
      metrics: new Metrics(),
      clock: systemClock,
      loggerFor,
      agreement: ownAgreement(),
      compress: await loadCompressor(),
    });
    const token = await rooms.createLink(sessionId, link);
    await rooms.shutdown();
    if (token === undefined)
      throw new ThetaError('unknown_session', `There is no session ${sessionId} in ${dataDir}.`);
    return linkPath(sessionId, token);
  } finally {
    await storage.close();
  }
}

try {
  await main(Deno.args);
  // A closed room's timers must not hold up the shell.
  Deno.exit(0);
} catch (thrown) {
  console.error(messageOf(thrown));
  Deno.exit(thrown instanceof UsageError ? EXIT_USAGE : EXIT_FAILED);
}
