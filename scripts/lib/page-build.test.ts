import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bannerOf } from './banner.mjs';
import { buildPageIfStale, fingerprintOf } from './page-build.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'theta-build-'));
});

afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('whether the page is stale', () => {
  it.each(['index.html', 'vite.config.ts', 'src/ui/deep/panel.tsx', 'public/icon.svg'])(
    'depends on %s, to the byte',
    async (path) => {
      const without = await fingerprintOf(root);
      await write(path, 'one');
      const before = await fingerprintOf(root);
      await write(path, 'two');
      const after = await fingerprintOf(root);
      expect(new Set([without, before, after]).size).toBe(3);
      await write(path, 'one');
      expect(await fingerprintOf(root)).toBe(before);
    },
  );

  it.each(['src/server/main.ts', 'src/ui/panel.test.tsx', 'src/.swp', 'dist/index.html'])(
    'does not depend on %s',
    async (path) => {
      const before = await fingerprintOf(root);
      await write(path, 'anything');
      expect(await fingerprintOf(root)).toBe(before);
    },
  );

  it('has no answer where there is no page', async () => {
    expect(await buildPageIfStale(root)).toBe('absent');
  });

  it('is settled when the last build was of the same inputs', async () => {
    await write('index.html', 'page');
    await write('dist/.inputs', await fingerprintOf(root));
    expect(await buildPageIfStale(root)).toBe('fresh');
  });
});

describe('the banner', () => {
  const urls = [
    'http://localhost:8080',
    'https://localhost:8443',
    'https://[2001:db8::7]:8443',
    'https://192.0.2.7:8443',
  ];

  it('tells every address once, and gives a code for a headset', () => {
    const banner = bannerOf(urls);
    expect(banner).toContain('On this machine   http://localhost:8080');
    expect(banner).toContain('On the network    https://192.0.2.7:8443');
    expect(banner).toContain('On the network    https://[2001:db8::7]:8443');
    expect(banner).toMatch(/[█▀▄]{10}/);
  });

  it('has no code where no headset can come in, and tells where the development page is', () => {
    expect(bannerOf(urls.slice(0, 2))).not.toMatch(/[█▀▄]/);
    const banner = bannerOf(urls, 'http://localhost:5173');
    expect(banner).toContain('On this machine   http://localhost:5173');
    expect(banner).not.toMatch(/[█▀▄]/);
  });
});
