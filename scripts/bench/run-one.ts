/**
 * Runs the benchmark of one file in a process of its own, so that none meets the garbage or the
 * compiled code of another, prints its table, and sends its report to the process that started this.
 *
 * `run-one.ts <file> [--quick]`
 */
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bench, type BenchReport, printReport } from '../../bench/harness.ts';
import { messageOf } from '../../src/shared/errors.ts';

const [file, ...flags] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file of a benchmark.');
const quick = flags.includes('--quick');

const run = await benchOf(file);
if (run === undefined) {
  tell({ kind: 'no-benchmark' });
} else {
  const report = await run({ quick });
  printReport(quick ? withoutGoals(report) : report);
  tell({ kind: 'report', report });
}

async function benchOf(path: string): Promise<Bench | undefined> {
  try {
    const { run } = (await import(pathToFileURL(path).href)) as { run?: Bench };
    return run;
  } catch (thrown) {
    // Someone else's library that is not installed here is nothing to fail for.
    if (!/^Cannot find package/.test(messageOf(thrown))) throw thrown;
    console.log(`${basename(path)}: left out: ${messageOf(thrown)}`);
    return undefined;
  }
}

/** Short rounds say nothing about goals. */
function withoutGoals({ rows, ...rest }: BenchReport): BenchReport {
  return { ...rest, rows: rows.map(({ goal: _goal, pass: _pass, ...row }) => row) };
}

/** Once that is sent this process ends, whatever a benchmark has left open. */
function tell(message: unknown): void {
  if (process.send === undefined) process.exit();
  process.send(message, () => process.exit());
}
