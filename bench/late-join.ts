import { openStage, untilConnected } from './browsers.ts';
import { type BenchOptions, type BenchReport, isMain, printReport } from './harness.ts';
import { fillScene } from './scenes.ts';

const ENTITIES = { full: 10_000, quick: 500 } as const;
const ROUNDS = { full: 5, quick: 1 } as const;
const MOST_MS = 2000;

/** From opening the link of a large scene to the first accepted edit. */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const stage = await openStage();
  const count = quick ? ENTITIES.quick : ENTITIES.full;
  try {
    await fillScene(await stage.join(), count);
    const connected: number[] = [];
    const acted: number[] = [];
    for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.full); round++) {
      const page = await stage.another();
      const began = performance.now();
      await page.goto(stage.editorLink, { waitUntil: 'commit' });
      await untilConnected(page);
      connected.push(performance.now() - began);
      const status = await page.evaluate(async () => {
        const outcome = await window.theta.execute('entity.create', { name: 'First act' });
        return outcome.status;
      });
      if (status !== 'accepted') throw new Error(`The first edit was ${status}.`);
      acted.push(performance.now() - began);
      await page.context().browser()?.close();
    }
    const value = median(acted);
    return {
      name: 'late-join',
      rows: [
        { label: `connected, ${count} entities`, value: median(connected), unit: 'ms' },
        {
          label: `first edit accepted, ${count} entities`,
          value,
          unit: 'ms',
          goal: `≤ ${MOST_MS} ms`,
          pass: value <= MOST_MS,
        },
      ],
      notes: [
        'An empty browser cache each time, the first member and his renderer on the machine.',
      ],
    };
  } finally {
    await stage.dispose();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
