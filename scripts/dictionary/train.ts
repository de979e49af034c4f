/**
 * Trains the dictionary that messages are compressed with, from messages of simulated sessions, and
 * writes it: `npm run train-dictionary -- [number]`. The same sources, and the same `zstd` on the PATH,
 * give the same bytes. A number that was released is never trained anew: peers have it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordMessages } from './record-messages.ts';

const SEEDS = [1, 2, 3, 4, 5];
/** By measurement: four times as much saves 3 % more, half as much costs 1 % (docs/protocol.md). */
const DICTIONARY_BYTES = 8192;
const LINE = 96;
const DIGITS = 5;

const number = Number(process.argv[2] ?? 1);
const target = fileURLToPath(
  new URL(`../../src/protocol/dictionaries/messages-${number}.ts`, import.meta.url),
);

const folder = mkdtempSync(join(tmpdir(), 'theta-dictionary-'));
try {
  const files: string[] = [];
  for (const seed of SEEDS) {
    for (const message of await recordMessages(seed)) {
      const file = join(folder, String(files.length).padStart(DIGITS, '0'));
      writeFileSync(file, message);
      files.push(file);
    }
  }
  const made = join(folder, 'dictionary');
  const options = ['-T1', `--maxdict=${DICTIONARY_BYTES}`, `--dictID=${number}`, '-q', '-o', made];
  execFileSync('zstd', ['--train', ...files, ...options]);
  writeFileSync(target, sourceOf(readFileSync(made).toString('base64')));
  console.log(`${files.length} messages: ${target}`);
} finally {
  rmSync(folder, { recursive: true });
}

function sourceOf(base64: string): string {
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [
    '// Written by `npm run train-dictionary`. Peers have it under its number: it stays as it is.',
    'export const BASE64 = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}
