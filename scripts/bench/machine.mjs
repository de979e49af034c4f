import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, type as system, totalmem } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../lib/chromium.mjs';
import { denoPath } from '../lib/server-process.mjs';

/** Libraries that benchmarks of ours run, beside ours or beneath. */
const MEASURED = [
  ...['three', 'flatbuffers', 'yjs', 'loro-crdt', '@automerge/automerge', '@colyseus/schema'],
  ...['bitecs', 'elics', 'koota', 'ws', '@bokuweb/zstd-wasm', 'fzstd', 'node-datachannel'],
];

/** What results were measured on, and of which commit. */
export function describeMachine(root) {
  const processors = cpus();
  return {
    measuredAt: new Date().toISOString(),
    commit: versionOf('git', ['-C', root, 'describe', '--always', '--dirty']),
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()}`,
    node: process.version,
    deno: versionOf(denoPath(root), ['--version']),
    chromium: chromiumVersion(root),
    packages: packageVersions(root),
  };
}

/** What is measured and measured against, as `package.json` pins it. */
function packageVersions(root) {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const pinned = { ...dependencies, ...devDependencies };
  return MEASURED.filter((name) => name in pinned)
    .map((name) => `${name} ${pinned[name]}`)
    .join(', ');
}

function chromiumVersion(root) {
  const path = findChromium(root);
  return path === undefined ? 'none' : versionOf(path, ['--version']);
}

/** The first line that a program says of itself. */
function versionOf(program, args) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'];
    return execFileSync(program, args, { encoding: 'utf8', stdio }).split('\n')[0].trim();
  } catch (error) {
    return `unknown (${error.code ?? error.message})`;
  }
}
