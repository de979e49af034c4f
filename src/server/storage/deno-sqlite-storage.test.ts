import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORAGE_CONTRACT } from './storage-contract.ts';

/** SQLite is Deno's: these tests run it in children and look at what they print. */
const DENO = join(process.cwd(), 'node_modules', '.bin', 'deno');
const HERE = import.meta.dirname;
const CHILD_TIMEOUT_MS = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-sqlite-'));
});

afterAll(() => rm(folder, { recursive: true }));

function denoArguments(script: string, argument: string): string[] {
  const permissions = ['--allow-read', `--allow-write=${folder}`];
  return ['run', '--no-check', ...permissions, join(HERE, script), argument];
}

async function runDeno(script: string, argument: string): Promise<string> {
  const options = { timeout: CHILD_TIMEOUT_MS };
  return (await promisify(execFile)(DENO, denoArguments(script, argument), options)).stdout;
}

interface Reading {
  readonly indices?: readonly number[];
  readonly code?: string;
  readonly message?: string;
}

async function read(path: string): Promise<Reading> {
  return JSON.parse(await runDeno('deno-sqlite-read-child.ts', path));
}

/** Appends until `enough` records are acknowledged, kills the child, and gives the last one. */
async function appendAndKill(path: string, enough: number): Promise<number> {
  const child: ChildProcess = spawn(DENO, denoArguments('deno-sqlite-append-child.ts', path), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let acknowledged = 0;
  for await (const line of createInterface({ input: child.stdout! })) {
    acknowledged = Number(line);
    if (acknowledged >= enough) child.kill('SIGKILL');
  }
  await gone;
  return acknowledged;
}

describe('DenoSqliteStorage keeps the storage contract', () => {
  let failures: Map<string, string | undefined>;

  beforeAll(async () => {
    const lines = (await runDeno('deno-sqlite-contract-runner.ts', folder)).trim().split('\n');
    const results = lines.map((line): { name: string; failure?: string } => JSON.parse(line));
    failures = new Map(results.map(({ name, failure }) => [name, failure]));
  }, CHILD_TIMEOUT_MS);

  it.each(STORAGE_CONTRACT)('$name', ({ name }) => {
    expect(failures.has(name)).toBe(true);
    expect(failures.get(name)).toBeUndefined();
  });
});

describe('a database on disk', () => {
  it(
    'D3: killed in mid-append, has every acknowledged record, densely, again and again',
    async () => {
      const path = join(folder, 'killed.db');
      let acknowledged = 0;
      for (const round of [1, 2]) {
        acknowledged = await appendAndKill(path, acknowledged + 200 * round);
        const { indices = [] } = await read(path);
        expect(indices.length).toBeGreaterThanOrEqual(acknowledged);
        expect(indices).toEqual(indices.map((_, i) => i + 1));
        expect(indices.length % 8, 'groups are whole').toBe(0);
      }
    },
    CHILD_TIMEOUT_MS,
  );

  it('S2: is readable to its owner alone', async () => {
    const path = join(folder, 'modes.db');
    await appendAndKill(path, 8);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(`${path}-wal`)).mode & 0o777).toBe(0o600);
  });

  it(
    'D3: torn or overwritten, is refused with a sentence that names the file',
    async () => {
      const whole = join(folder, 'whole.db');
      await appendAndKill(whole, 400);
      expect((await read(whole)).indices?.length).toBeGreaterThanOrEqual(400);
      const torn = join(folder, 'torn.db');
      await copyFile(whole, torn);
      await truncate(torn, Math.floor((await stat(torn)).size / 2) + 100);
      const overwritten = join(folder, 'overwritten.db');
      await copyFile(whole, overwritten);
      const file = await open(overwritten, 'r+');
      await file.write(new Uint8Array(8192).fill(0xee), 0, 8192, 4096);
      await file.close();
      for (const path of [torn, overwritten]) {
        const refusal = await read(path);
        expect(refusal.code).toBe('damaged');
        expect(refusal.message).toContain(path);
      }
    },
    CHILD_TIMEOUT_MS,
  );

  it(
    'D3: a torn tail of unfinished writes is cut off, and what came before it is whole',
    async () => {
      const path = join(folder, 'tail.db');
      await appendAndKill(path, 64);
      const wal = await readFile(`${path}-wal`);
      const main = await readFile(path);
      let before = -1;
      for (const part of [0.2, 0.5, 0.9, 1]) {
        const torn = join(folder, `tail-${part}.db`);
        await writeFile(torn, main);
        await writeFile(`${torn}-wal`, wal.subarray(0, Math.floor(wal.length * part)));
        const { indices, code } = await read(torn);
        if (part < 0.5 && code !== undefined) continue;
        expect(indices).toEqual((indices ?? []).map((_, i) => i + 1));
        expect((indices?.length ?? 0) % 8, 'groups are whole').toBe(0);
        expect(indices?.length ?? 0).toBeGreaterThanOrEqual(before);
        before = indices?.length ?? 0;
      }
      expect(before).toBeGreaterThanOrEqual(64);
    },
    CHILD_TIMEOUT_MS,
  );

  it('D3: a changed byte in a record is refused with a sentence that names file and record', async () => {
    const path = join(folder, 'flipped.db');
    await appendAndKill(path, 16);
    expect((await read(path)).code).toBeUndefined();
    const bytes = await readFile(path);
    // The packet of record 5 is a hundred bytes of 5; pages may hold old copies of it.
    const packet = Buffer.alloc(100, 5);
    for (let at = bytes.indexOf(packet); at >= 0; at = bytes.indexOf(packet, at)) bytes[at] = 0xee;
    await writeFile(path, bytes);
    const refusal = await read(path);
    expect(refusal.code).toBe('damaged');
    expect(refusal.message).toContain(path);
    expect(refusal.message).toContain('record 5 of session s');
  });

  it('D1: full, refuses a group whole and by name, reads on, and goes on when there is space', async () => {
    const path = join(folder, 'full.db');
    const told = JSON.parse(await runDeno('deno-sqlite-full-child.ts', path));
    expect(told.code).toBe('full');
    expect(told.message).toContain(path);
    expect(told.stored, 'groups are whole').toBe(told.acknowledged);
    expect(told.stored).toBeGreaterThan(0);
    expect(told.afterwards).toBe(told.acknowledged + 8);
  });

  it('upgrades a log of version 1, which had no checksums', async () => {
    const path = join(folder, 'version-1.db');
    const { indices } = JSON.parse(await runDeno('deno-sqlite-upgrade-child.ts', path));
    expect(indices).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1));
  });

  it('refuses a file that is no database, and leaves it as it was', async () => {
    const path = join(folder, 'notes.db');
    await writeFile(path, 'shopping list\n'.repeat(100));
    const refusal = await read(path);
    expect(refusal.code).toBe('damaged');
    expect(refusal.message).toContain(path);
    expect(await readFile(path, 'utf8')).toBe('shopping list\n'.repeat(100));
  });
});
