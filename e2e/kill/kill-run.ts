import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../src/shared/random.ts';
import { TestServer } from '../support/server.ts';
import type { AuditAnswer, KillRequest, QuietAnswer } from './deno-kill-clients.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DENO = join(ROOT, 'node_modules/.bin/deno');
const SCRIPT = join(ROOT, 'e2e/kill/deno-kill-clients.ts');
const PERMISSIONS = ['--unstable-net', '--allow-all', '--no-prompt'];
/** How long the server lives between its start and its death, at least and at most. */
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 2500;
/** How often everybody is let come to rest, to compare documents. */
const REST_EVERY = 10;

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  readonly onKill?: (kill: number, audit: AuditAnswer) => void;
}

export interface KillReport {
  readonly kills: number;
  readonly entries: number;
  readonly acknowledged: number;
}

/**
 * D3: the real server under eight real clients, killed at random moments. After each death the files as
 * they lie must hold everything that was acknowledged, once, and everybody ends with what they say.
 * @throws {Error} naming what does not hold
 */
export async function runKills({ kills, seed, onKill }: KillOptions): Promise<KillReport> {
  const random = seededRandom(seed);
  const server = await TestServer.start({
    env: { THETA_PACKET_BURST: '1000', THETA_LOG_LEVEL: 'error' },
  });
  const crowd = await Crowd.start(server, seed);
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await wait(SHORTEST_LIFE_MS + random.next() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
      await server.kill9();
      const audit = await auditCopy(server.dataDir, crowd);
      onKill?.(kill, audit);
      await server.restart();
      if (kill % REST_EVERY === 0) await rest(crowd);
    }
    const { hashes, acknowledged } = await rest(crowd);
    await server.kill9();
    const last = await auditCopy(server.dataDir, crowd);
    check(last.hash === hashes[0], `everybody has ${hashes[0]}, the disk ${last.hash}`);
    return { kills, entries: last.entries, acknowledged };
  } finally {
    await crowd.end();
    await server.dispose();
  }
}

/** Of a copy: opening the database repairs it, and that is for the server itself to do. */
async function auditCopy(dataDir: string, crowd: Crowd): Promise<AuditAnswer> {
  const copy = await mkdtemp(join(tmpdir(), 'theta-killed-'));
  try {
    await cp(dataDir, copy, { recursive: true });
    const audit = await crowd.ask<AuditAnswer>({ ask: 'audit', dataDir: copy });
    check(audit.lost.length === 0, `acknowledged and lost: ${audit.lost.join(', ')}`);
    check(audit.doubled.length === 0, `applied twice: ${audit.doubled.join(', ')}`);
    check(audit.faults.length === 0, audit.faults.join('; '));
    return audit;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function rest(crowd: Crowd): Promise<QuietAnswer> {
  const quiet = await crowd.ask<QuietAnswer>({ ask: 'quiesce' });
  check(quiet.hashes.length === 1, `documents differ: ${quiet.hashes.join(', ')}`);
  return quiet;
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

/** The process in which the clients live. */
class Crowd {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  private constructor(child: ChildProcess, reader: Interface) {
    this.#child = child;
    this.#reader = reader;
    this.#lines = reader[Symbol.asyncIterator]();
  }

  static async start(server: TestServer, seed: number): Promise<Crowd> {
    const response = await fetch(`${server.httpUrl}/api/sessions`, {
      method: 'POST',
      headers: { Origin: server.httpUrl },
    });
    const { sessionId, links } = (await response.json()) as CreatedSession;
    const token = links.editor.split('#')[1] ?? '';
    const args = [
      ...PERMISSIONS,
      `--location=${server.httpUrl}`,
      SCRIPT,
      server.httpUrl,
      sessionId,
      token,
      String(seed),
    ];
    const child = spawn(DENO, ['run', ...args], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const crowd = new Crowd(child, createInterface({ input: child.stdout }));
    await crowd.#next();
    return crowd;
  }

  async ask<Answer>(request: KillRequest): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(await this.#next()) as Answer;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
    this.#reader.close();
  }

  async #next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The clients have ended; see their output.');
    return value;
  }
}

interface CreatedSession {
  readonly sessionId: string;
  readonly links: Readonly<Record<'viewer' | 'editor' | 'admin', string>>;
}
