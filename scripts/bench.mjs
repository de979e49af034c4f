#!/usr/bin/env node
/**
 * Measures: runs every file of `bench/` that exports `run`, or those that are named, and writes
 * `bench/results`. Exits 1 when one breaks or misses a goal. `--quick` is a sign of life: short
 * rounds, no goals, nothing written.
 *
 * `node scripts/bench.mjs [--quick] [name…]`, e.g. `node scripts/bench.mjs ecs`
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeMachine } from './bench/machine.mjs';
import { writeResults } from './bench/results.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BENCHES = join(ROOT, 'bench');
const RUNNER = join(ROOT, 'scripts', 'bench', 'run-one.ts');
/** A benchmark that takes longer hangs, and is stopped, so that whoever waits for all of them is told. */
const PATIENCE_MS = { quick: 4 * 60_000, full: 60 * 60_000 };
/** For its browsers to end with it. */
const GRACE_MS = 10_000;
const NODE_OPTIONS = ['--expose-gc', '--import', 'tsx'];

const quick = process.argv.includes('--quick');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

async function main() {
  const reports = [];
  const broken = [];
  for (const file of await chosenFiles()) {
    const outcome = await runFile(file);
    if (outcome.kind === 'report') reports.push(outcome.report);
    if (outcome.kind === 'broken') broken.push(basename(file));
  }
  if (broken.length > 0) console.error(`\nBroken: ${broken.join(', ')}`);
  if (quick) return broken.length === 0;
  const missed = missedGoals(reports);
  for (const { bench, label, goal } of missed) console.log(`Missed: ${bench}: ${label}: ${goal}`);
  if (names.length === 0 && broken.length === 0)
    console.log(`Written: ${await writeResults(ROOT, describeMachine(ROOT), reports)}`);
  return broken.length === 0 && missed.length === 0;
}

/** The files of the named benchmarks, or of all. */
async function chosenFiles() {
  const files = (await readdir(BENCHES)).filter(isSource).sort();
  const unknown = names.filter((name) => !files.includes(`${name}.ts`));
  if (unknown.length > 0) throw new Error(`There is no bench/${unknown[0]}.ts.`);
  const chosen = names.length === 0 ? files : names.map((name) => `${name}.ts`);
  return chosen.map((file) => join(BENCHES, file));
}

function isSource(file) {
  return file.endsWith('.ts') && !file.endsWith('.test.ts');
}

/** What a file's process said: a report, that it measures nothing, or that it broke. */
async function runFile(file) {
  const args = quick ? [file, '--quick'] : [file];
  const child = fork(RUNNER, args, { cwd: ROOT, execArgv: NODE_OPTIONS });
  let said = { kind: 'broken' };
  child.on('message', (message) => {
    said = message;
  });
  const patience = quick ? PATIENCE_MS.quick : PATIENCE_MS.full;
  let timer = setTimeout(() => {
    console.error(`${basename(file)}: still running after ${patience / 60_000} minutes; stopped.`);
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  }, patience);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  return code === 0 ? said : { kind: 'broken' };
}

function missedGoals(reports) {
  return reports.flatMap(({ name, rows }) =>
    rows.filter(({ pass }) => pass === false).map((row) => ({ bench: name, ...row })),
  );
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
