import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { DenoSqliteStorage } from '../../src/server/storage/deno-sqlite-storage.ts';
import { FileBlobs } from '../../src/server/storage/file-blobs.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { auditLog } from '../sim/audit.ts';
import { doSomething } from '../sim/random-commands.ts';
import { KillClient } from './kill-client.ts';

/*
 * Eight people who edit one session for as long as the kill test lasts. Arguments: the server's HTTP
 * origin, the session's id, an editor's token, and a seed. A line of JSON on standard input asks
 * something, and is answered by one on standard output.
 */

/** `quiesce` waits until nothing is pending; `audit` reads a copy of a dead server's data. */
export type KillRequest =
  | { readonly ask: 'quiesce' }
  | { readonly ask: 'audit'; readonly dataDir: string };

export interface QuietAnswer {
  readonly hashes: readonly string[];
  readonly acknowledged: number;
}

export interface AuditAnswer {
  readonly entries: number;
  readonly acknowledged: number;
  /** Acknowledged entries that are not on the disk. */
  readonly lost: readonly string[];
  /** Entries that are there more than once. */
  readonly doubled: readonly string[];
  readonly faults: readonly string[];
  readonly hash: string;
}

const CLIENTS = 8;
/** One in three comes by WebTransport, the others by WebSocket. */
const BY_WEBTRANSPORT = 3;
const EDIT_EVERY_MS = 120;
/** Who waits for so many verdicts stops editing: eight people share a process here. */
const MAX_PENDING = 12;
const POLL_MS = 50;
const PATIENCE_MS = 90_000;

const [httpUrl = '', sessionId = '', token = '', seed = '1'] = Deno.args;
const random = seededRandom(Number(seed));
let editing = true;

const clients = await Promise.all(
  Array.from({ length: CLIENTS }, (_, i) =>
    KillClient.start({
      httpUrl,
      sessionId,
      token,
      name: `Client ${i}`,
      rung: i % BY_WEBTRANSPORT === 0 ? 'webtransport' : 'websocket',
    }),
  ),
);

function edit(client: KillClient): void {
  const { role, pending } = client.session;
  if (editing && role === 'editor' && pending < MAX_PENDING) doSomething(random, client);
  setTimeout(() => edit(client), EDIT_EVERY_MS * (0.5 + random.next()));
}

async function quiesce(): Promise<QuietAnswer> {
  editing = false;
  const isQuiet = (): boolean => {
    const [first] = clients;
    return clients.every((each) => each.isQuiet && each.session.seq === first?.session.seq);
  };
  const deadline = performance.now() + PATIENCE_MS;
  while (!isQuiet()) {
    if (performance.now() > deadline)
      throw new Error(`Not at rest: ${clients.map((each) => each.state).join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const hashes = [...new Set(clients.map((each) => each.hash))];
  editing = true;
  return { hashes, acknowledged: acknowledgedIds().length };
}

async function audit(dataDir: string): Promise<AuditAnswer> {
  // What was acknowledged by now must be there; what comes later need not.
  const acknowledged = acknowledgedIds();
  const storage = new DenoSqliteStorage(join(dataDir, 'theta.db'));
  const { taken, hash, faults } = await auditLog(storage, new FileBlobs(dataDir), sessionId);
  await storage.close();
  const times = new Map<string, number>();
  for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1);
  return {
    entries: taken.length,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((id) => !times.has(id)),
    doubled: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    faults,
    hash,
  };
}

function acknowledgedIds(): string[] {
  return clients.flatMap((each) => each.acknowledged);
}

for (const client of clients) edit(client);
console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as KillRequest;
  const answer = request.ask === 'audit' ? await audit(request.dataDir) : await quiesce();
  console.log(JSON.stringify(answer));
}
Deno.exit(0);
