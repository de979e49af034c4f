#!/usr/bin/env node
/**
 * Writes every generated file that is committed: the codec's layout and types, the component
 * manifest, and the list of commands. `--check` writes nothing, names what differs and exits 1.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './lib/child.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** In the order in which one needs the other: commands import what the schema gives. */
const GENERATORS = ['generate-schema.ts', 'generate-manifest.ts', 'generate-docs.ts'];

const check = process.argv.includes('--check');
for (const generator of GENERATORS) {
  const args = ['--import', 'tsx', `scripts/${generator}`, ...(check ? ['--check'] : [])];
  const code = await runNode(ROOT, args);
  if (code === 0) continue;
  console.error(`scripts/${generator} ${check ? 'finds files that are not current' : 'failed'}.`);
  if (check) console.error('Run `npm run generate` and commit what it writes.');
  process.exitCode = 1;
  if (!check) break;
}
