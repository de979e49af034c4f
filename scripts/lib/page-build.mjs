import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the page is made of; the server's own code is none of it. */
const INPUTS = [
  'index.html',
  'package-lock.json',
  'vite.config.ts',
  'docs/scripting.md',
  'public',
  'schema',
  'scripts/lib/bundled-text-plugin.mjs',
  'src',
];
const NO_INPUT = /(^src\/server$|\.test\.tsx?$|(^|\/)\.)/;

/** Where a build leaves the fingerprint of what it was made of. */
const STAMP = join('dist', '.inputs');

/**
 * Builds the page unless the last build was of the same inputs, to the byte.
 * @returns `'fresh'`, `'built'`, or `'absent'` when there is no page to build
 * @throws Error when the build fails
 */
export async function buildPageIfStale(root) {
  if (!existsSync(join(root, 'index.html'))) return 'absent';
  const fingerprint = await fingerprintOf(root);
  const last = await readFile(join(root, STAMP), 'utf8').catch(() => '');
  if (last === fingerprint) return 'fresh';
  console.log('Building the page…');
  await build(root);
  await writeFile(join(root, STAMP), fingerprint);
  return 'built';
}

/** SHA-256 over the names and contents of all inputs, in order. */
export async function fingerprintOf(root) {
  const hash = createHash('sha256');
  for (const input of INPUTS) await addInput(hash, root, input);
  return hash.digest('hex');
}

async function addInput(hash, root, path) {
  if (NO_INPUT.test(path)) return;
  const entries = await readdir(join(root, path)).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries !== undefined) {
    for (const name of entries.sort()) await addInput(hash, root, `${path}/${name}`);
    return;
  }
  const content = await readFile(join(root, path));
  hash.update(`${path}\0${content.length}\0`).update(content);
}

/** In a process of its own, whose memory goes when it is done. */
async function build(root) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--logLevel', 'warn'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The page could not be built; see above.');
}
