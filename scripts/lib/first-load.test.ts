import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkFirstLoad, FIRST_LOAD_BUDGET, firstLoadOf } from './first-load.mjs';

let dist: string;

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'theta-dist-'));
  await mkdir(join(dist, 'assets'));
  await writeFile(join(dist, 'index.html'), '<script type="module" src="/assets/index-a.js">');
  await chunk('index-a.js', 'import"./shared-a.js";import("./start-page-a.js");');
  await chunk('shared-a.js', 'export const a=1;');
  await chunk('start-page-a.js', 'import{a}from"./shared-a.js";');
  await chunk('open-session-a.js', 'import{a as b}from"./shared-a.js";import(`./app-a.js`);');
  await chunk('app-a.js', 'import"./shared-a.js";');
  await chunk('webgl-backend-a.js', 'import"./three-a.js";');
  await chunk('webgpu-backend-a.js', 'import"./three-a.js";');
  await chunk('three-a.js', 'export const three=1;');
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dist, { recursive: true });
});

function chunk(file: string, code: string): Promise<void> {
  return writeFile(join(dist, 'assets', file), code);
}

it('counts the entry, the parts that are named, and what they import, once', async () => {
  const files = await firstLoadOf(dist, ['open-session', 'webgl-backend']);
  expect(files.map(({ file }) => file).sort()).toEqual([
    'index-a.js',
    'open-session-a.js',
    'shared-a.js',
    'three-a.js',
    'webgl-backend-a.js',
  ]);
});

it('refuses a build that lacks a part, so that a new name is no free pass', async () => {
  await expect(firstLoadOf(dist, ['viewer'])).rejects.toThrow('no part called viewer');
});

it('holds a build to the budget', async () => {
  expect(await checkFirstLoad(dist)).toBe(true);
  const incompressible = randomBytes(FIRST_LOAD_BUDGET).toString('latin1');
  await chunk('three-a.js', `export const three=${JSON.stringify(incompressible)};`);
  expect(await checkFirstLoad(dist)).toBe(false);
});
