/** Feeds every decoder damaged input: `npm run fuzz -- --inputs 1000000 --seed 1`. */
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import { type FuzzReport, runFuzz } from './fuzz-run.ts';
import { allTargets } from './targets.ts';

const MIB = 1024 * 1024;

function tell({ name, inputs, accepted, refusals, slowestMs }: FuzzReport): void {
  const memory = Math.round(process.memoryUsage().rss / MIB);
  console.log(
    `${name}: ${inputs} inputs, ${accepted} accepted, ${refusals.size} kinds of refusal, ` +
      `slowest ${slowestMs.toFixed(1)} ms, ${memory} MiB`,
  );
}

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});

try {
  const reports = await runFuzz(
    await allTargets(),
    Number(values.inputs),
    Number(values.seed),
    tell,
  );
  const total = reports.reduce((sum, { inputs }) => sum + inputs, 0);
  console.log(`${total} inputs to ${reports.length} decoders: named refusals alone`);
} catch (thrown) {
  console.error(messageOf(thrown));
  process.exitCode = 1;
}
