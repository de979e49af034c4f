import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Script that may be fetched before the scene can be seen and worked in, gzipped. In bytes. */
export const FIRST_LOAD_BUDGET = 450_000;
/** Lazy parts that the view cannot do without: of these two renderers, the one that draws. */
export const FIRST_PARTS = {
  webgl: ['open-session', 'webgl-backend'],
  webgpu: ['open-session', 'webgpu-backend'],
};

const ENTRY = /<script[^>]*\ssrc="\/assets\/([^"]+\.js)"/g;
/** What a chunk imports by itself; `import(` is what it may want later. */
const IMPORT = /\b(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

/**
 * What a browser fetches of a build in `dist` before the view is usable: the page's entry, the lazy
 * parts of these names, and all that they import.
 * @returns {Promise<{ file: string, bytes: number }[]>} gzipped sizes, the largest first
 * @throws Error when a build has no part of a name
 */
export async function firstLoadOf(dist, parts) {
  const assets = join(dist, 'assets');
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  const names = await readdir(assets);
  const wanted = [...matches(page, ENTRY), ...parts.map((part) => chunkOf(names, part))];
  const sizes = new Map();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (sizes.has(file)) continue;
    const code = await readFile(join(assets, file));
    sizes.set(file, (await promisify(gzip)(code)).length);
    wanted.push(...matches(code.toString('utf8'), IMPORT));
  }
  return [...sizes].map(([file, bytes]) => ({ file, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** Prints what is fetched first with WebGL. @returns whether it is within the budget */
export async function checkFirstLoad(dist) {
  const files = await firstLoadOf(dist, FIRST_PARTS.webgl);
  const total = sumOf(files);
  for (const { file, bytes } of files) console.log(`  ${kilobytes(bytes).padStart(9)}  ${file}`);
  const webgpu = sumOf(await firstLoadOf(dist, FIRST_PARTS.webgpu));
  console.log(
    `Script before a usable viewport: ${kilobytes(total)} gzip (at most ${kilobytes(FIRST_LOAD_BUDGET)}); with WebGPU's renderer ${kilobytes(webgpu)}.`,
  );
  if (total <= FIRST_LOAD_BUDGET) return true;
  console.error('That is too much: load lazily what the view does not need (`import()`).');
  return false;
}

export function sumOf(files) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function matches(text, pattern) {
  return [...text.matchAll(pattern)].map(([, file]) => file);
}

function chunkOf(names, part) {
  const found = names.find((name) => name.startsWith(`${part}-`) && name.endsWith('.js'));
  if (found === undefined) throw new Error(`The build has no part called ${part}.`);
  return found;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
