/**
 * Generates `docs/commands.md` from the command registry. `npx tsx scripts/generate-docs.ts` writes;
 * `--check` compares, names what differs and exits 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { listCommands } from '../src/commands/registry.ts';
import { commandPages } from './docs/command-pages.ts';

const COMMANDS_PATH = 'docs/commands.md';
const ROOT = new URL('../', import.meta.url);

/** Paths that are missing or stale beside what the registry gives. */
export async function differingDocs(): Promise<string[]> {
  const expected = commandPages(listCommands());
  return (await committedText()) === expected ? [] : [COMMANDS_PATH];
}

async function committedText(): Promise<string | undefined> {
  try {
    return await readFile(new URL(COMMANDS_PATH, ROOT), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

async function write(): Promise<void> {
  await mkdir(new URL('docs/', ROOT), { recursive: true });
  await writeFile(new URL(COMMANDS_PATH, ROOT), commandPages(listCommands()));
}

async function check(): Promise<void> {
  const differing = await differingDocs();
  if (differing.length === 0) return;
  console.error(`Differ from the command registry: ${differing.join(', ')}`);
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await (process.argv.includes('--check') ? check() : write());
}
