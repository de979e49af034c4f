import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findChromium } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-chromium-'));
  vi.stubEnv('CHROMIUM', '');
  vi.stubEnv('PATH', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function program(name: string, says: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\necho "${says}"\n`);
  await chmod(path, 0o755);
  return path;
}

describe.runIf(process.platform === 'linux')('findChromium', () => {
  it('takes the one that CHROMIUM names before any other', async () => {
    await program('chromium', 'Chromium 150');
    const named = await program('mine', 'My own browser');
    vi.stubEnv('CHROMIUM', named);
    expect(findChromium(ROOT)).toBe(named);
  });

  it('says so when CHROMIUM names nothing', () => {
    vi.stubEnv('CHROMIUM', join(folder, 'absent'));
    expect(() => findChromium(ROOT)).toThrow(/CHROMIUM is ".*absent", and there is no such file/);
  });

  it('takes one of the path that starts, and passes over a stub that does not', async () => {
    await program('chromium', 'Please install the snap.');
    const chrome = await program('google-chrome', 'Google Chrome 150');
    expect(findChromium(ROOT)).toBe(chrome);
  });
});
