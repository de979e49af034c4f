import type { Browser, Page } from '@playwright/test';
import { openStage } from './browsers.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';
import { echoRaw } from './raw-echo.ts';

const EDITS = { full: 500, quick: 15 } as const;
const INTERVAL_MS = 200;
/** Fewer: the echo ends within the edits. */
const ECHOES_AN_EDIT = 0.8;
const FRAME_MS = 16.7;
const MEDIAN_FRAMES = 2;
const LATE_FRAMES = 6;

/** From an edit in one browser to its being in the other's document, over a raw echo of the same run. */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const stage = await openStage();
  try {
    const [author, reader] = [await stage.join(), await stage.join()];
    const count = quick ? EDITS.quick : EDITS.full;
    const id = await author.evaluate(async () => {
      const made = await window.theta.execute('entity.create', { name: 'Box' });
      return (made.result as { entity: string }).entity;
    });
    await reader.waitForFunction((entity) => window.theta.get(entity) !== undefined, id);
    const arrivals = watch(reader, id, count);
    const echoes = echoRaw(browserOf(author), Math.ceil(count * ECHOES_AN_EDIT));
    const departures = await edit(author, id, count);
    const arrived = await arrivals;
    const latencies = departures.map((at, i) => (arrived[i] as number) - at);
    return report(latencies, await echoes);
  } finally {
    await stage.dispose();
  }
}

/** Moves the object `count` times, five times a second; gives when each was made, in epoch ms. */
function edit(page: Page, id: string, count: number): Promise<number[]> {
  return page.evaluate(
    ({ entity, edits, every }) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const timer = setInterval(() => {
          times.push(performance.timeOrigin + performance.now());
          void window.theta.execute('transform.set', { entity, position: [times.length, 0, 0] });
          if (times.length < edits) return;
          clearInterval(timer);
          resolve(times);
        }, every);
      }),
    { entity: id, edits: count, every: INTERVAL_MS },
  );
}

/** When each move was in the document of this page, in epoch ms. */
function watch(page: Page, id: string, count: number): Promise<number[]> {
  return page.evaluate(
    ({ entity, edits }) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const stop = window.theta.on('change', () => {
          const { transform } = window.theta.get(entity) as unknown as {
            transform: { position: number[] };
          };
          while (times.length < (transform.position[0] as number)) {
            times.push(performance.timeOrigin + performance.now());
          }
          if (times.length < edits) return;
          stop();
          resolve(times);
        });
      }),
    { entity: id, edits: count },
  );
}

function browserOf(page: Page): Browser {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  return browser;
}

function report(latencies: readonly number[], echoes: readonly number[]): BenchReport {
  const sorted = [...latencies].sort((a, b) => a - b);
  const echo = [...echoes].sort((a, b) => a - b);
  const at = (values: readonly number[], share: number): number =>
    values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  const over = (label: string, share: number, frames: number): BenchRow => {
    const value = (at(sorted, share) - at(echo, 0.5)) / FRAME_MS;
    return { label, value, unit: 'frames', goal: `≤ ${frames}`, pass: value <= frames };
  };
  return {
    name: 'latency',
    rows: [
      { label: 'raw echo, p50', value: at(echo, 0.5), unit: 'ms' },
      { label: 'raw echo, p99', value: at(echo, 0.99), unit: 'ms' },
      { label: 'edit → other browser, p50', value: at(sorted, 0.5), unit: 'ms' },
      { label: 'edit → other browser, p99', value: at(sorted, 0.99), unit: 'ms' },
      over('over the echo, p50', 0.5, MEDIAN_FRAMES),
      over('over the echo, p99', 0.99, LATE_FRAMES),
    ],
    notes: [
      `${latencies.length} edits, five a second; two pages of one Chromium and the server on one machine.`,
      'The echo: 200 bytes on a raw WebTransport stream from another page of the same Chromium to a bare echo of our HTTP/3 layer, as often, at the same time.',
    ],
  };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
