/**
 * Runs the simulation seed after seed: `npm run sim -- --seeds 1000 --start 1 --peers 5`. Says what
 * faults were injected; ends with status 1 and the seed at the first that fails.
 */
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/shared/errors.ts';
import { type ChaosReport, runChaos } from './chaos.ts';
import { FaultCounts } from './faults.ts';

const PROGRESS_EVERY = 10;

interface Totals {
  readonly faults: FaultCounts;
  entries: number;
  acknowledged: number;
  events: number;
}

function readOptions(): { seeds: number; start: number; peers: number } {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      start: { type: 'string', default: '1' },
      peers: { type: 'string', default: '5' },
    },
  });
  const numbers = { seeds: +values.seeds, start: +values.start, peers: +values.peers };
  for (const [name, value] of Object.entries(numbers))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`--${name} is a whole number from 1.`);
  return numbers;
}

function addUp(totals: Totals, report: ChaosReport): void {
  totals.faults.add(report.faults);
  totals.entries += report.entries;
  totals.acknowledged += report.acknowledged;
  totals.events += report.events;
}

/** @returns whether every seed held */
async function main(): Promise<boolean> {
  const { seeds, start, peers } = readOptions();
  const totals: Totals = { faults: new FaultCounts(), entries: 0, acknowledged: 0, events: 0 };
  const began = performance.now();
  for (let seed = start; seed < start + seeds; seed++) {
    try {
      addUp(totals, await runChaos(seed, { peers }));
    } catch (thrown) {
      console.error(messageOf(thrown));
      console.error(
        `Seed ${seed} fails. Again: npm run sim -- --seeds 1 --start ${seed} --peers ${peers}`,
      );
      return false;
    }
    const done = seed - start + 1;
    if (done % PROGRESS_EVERY === 0) console.log(`${done} of ${seeds} seeds hold`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(totals.faults.lines().join('\n'));
  console.log(
    `${seeds} seeds from ${start}, ${peers} peers each and up to 4 more, hold: ${totals.entries} entries ` +
      `judged, ${totals.acknowledged} acknowledged, 0 lost, 0 applied twice; ` +
      `${totals.events} deliveries in ${seconds} s.`,
  );
  return true;
}

process.exitCode = (await main()) ? 0 : 1;
