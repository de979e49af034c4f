/**
 * What is too long for every change: `npm run nightly -- --minutes 60`. Bandwidth, a soak of so many
 * minutes, and how the figures of `bench/results` have moved. Writes `bench/results/nightly.md` and
 * `trend.md`; exits 1 when something drifts.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeMachine } from '../../scripts/bench/machine.mjs';
import { resultsPage } from '../../scripts/bench/results.mjs';
import { messageOf } from '../../src/shared/errors.ts';
import { type BenchReport, printReport } from '../harness.ts';
import { bandwidth } from './bandwidth.ts';
import { soak } from './soak.ts';
import { trendPage, trendsOf } from './trend.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(ROOT, 'bench', 'results');
const READINGS = 40;
const LONGEST_PHASE_S = 30;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });

async function main(minutes: number): Promise<boolean> {
  const everySeconds = (minutes * 60) / READINGS;
  const reports = [
    await bandwidth({ seconds: Math.min(LONGEST_PHASE_S, minutes * 6) }),
    await soak({
      minutes,
      everySeconds,
      onReading: (i, of) => console.log(`reading ${i} of ${of}`),
    }),
  ];
  for (const report of reports) printReport(report);
  await mkdir(RESULTS, { recursive: true });
  await write('nightly.md', resultsPage(describeMachine(ROOT), reports));
  const history = join(RESULTS, 'history.csv');
  const csv = existsSync(history) ? await readFile(history, 'utf8') : '';
  await write('trend.md', trendPage(trendsOf(csv)));
  return reports.every(met);
}

async function write(name: string, page: string): Promise<void> {
  await writeFile(join(RESULTS, name), page);
  console.log(`Written: bench/results/${name}`);
}

function met({ rows }: BenchReport): boolean {
  return rows.every(({ pass }) => pass !== false);
}

try {
  const minutes = z.coerce
    .number({ error: '--minutes takes a number' })
    .min(1)
    .parse(values.minutes);
  process.exitCode = (await main(minutes)) ? 0 : 1;
} catch (thrown) {
  console.error(messageOf(thrown));
  process.exitCode = 1;
}
