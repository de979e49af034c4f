import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeResults } from './results.mjs';

const MACHINE = { measuredAt: '2026-11-22', commit: 'abc', cpu: 'Fast, 2 GHz', cores: 2 };
const REPORT = {
  name: 'ECS',
  rows: [
    { label: 'iterate | theta', value: 1234.5, unit: 'ns', spread: [1200, 1300] as const },
    { label: 'bytes', value: 70, unit: 'B', ratio: 2, goal: '≤ 64 B', pass: false },
  ],
  notes: ['Medians.'],
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'theta-bench-'));
});

afterEach(() => rm(root, { recursive: true }));

const written = async (folder: string, name: string) => readFile(join(root, folder, name), 'utf8');

it('writes a page with a row for each figure, and its goal', async () => {
  const folder = await writeResults(root, MACHINE, [REPORT]);
  const page = await written(folder, 'latest.md');
  expect(page).toContain('| cpu | Fast, 2 GHz |');
  expect(page).toContain('| iterate \\| theta | 1,230 ns | 1,200 – 1,300 |  |  |  |');
  expect(page).toContain('| bytes | 70 B |  | 2 × | ≤ 64 B | missed |');
  expect(page).toContain('- Medians.');
});

it('writes all that it was given, for programs', async () => {
  const folder = await writeResults(root, MACHINE, [REPORT]);
  const latest: unknown = JSON.parse(await written(folder, 'latest.json'));
  expect(latest).toEqual({ machine: MACHINE, reports: [REPORT] });
});

it('adds to the history, under one heading', async () => {
  await writeResults(root, MACHINE, [REPORT]);
  const folder = await writeResults(root, MACHINE, [REPORT]);
  const lines = (await written(folder, 'history.csv')).trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe('measuredAt,commit,cpu,cores,bench,label,value,unit');
  expect(lines[1]).toBe('2026-11-22,abc,"Fast, 2 GHz",2,ECS,iterate | theta,1234.5,ns');
});
