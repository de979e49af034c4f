import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { DOCUMENT_COMPONENTS } from '../src/ecs/components/index.ts';
import {
  buildManifest,
  compareManifests,
  formatManifest,
  parseManifest,
} from '../src/ecs/manifest.ts';
import { messageOf } from '../src/shared/errors.ts';

const MANIFEST_PATH = 'schema/manifest.json';
const ROOT = new URL('../', import.meta.url);

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** R1: what `schema/manifest.json` has to be. */
export async function generateManifest(): Promise<{ files: GeneratedFile[] }> {
  const text = formatManifest(buildManifest(DOCUMENT_COMPONENTS));
  return { files: [{ path: MANIFEST_PATH, text }] };
}

/** How the committed manifest differs from the code, a sentence each. */
export async function checkManifest(): Promise<string[]> {
  const { files } = await generateManifest();
  const differences: string[] = [];
  for (const { path, text } of files) differences.push(...(await checkFile(path, text)));
  return differences;
}

async function checkFile(path: string, expected: string): Promise<string[]> {
  try {
    const committed = await readFile(new URL(path, ROOT), 'utf8');
    if (committed === expected) return [];
    const differences = compareManifests(parseManifest(expected), parseManifest(committed));
    return differences.length > 0 ? differences : [`${path} is formatted in another way.`];
  } catch (thrown) {
    return [`${path}: ${messageOf(thrown)}`];
  }
}

async function main(): Promise<void> {
  if (!process.argv.includes('--check')) {
    const { files } = await generateManifest();
    for (const { path, text } of files) await writeFile(new URL(path, ROOT), text);
    return;
  }
  const differences = await checkManifest();
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
