import type { Page } from '@playwright/test';
import { openStage } from './browsers.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';

const EDITS = { full: 500, quick: 15 } as const;
const INTERVAL_MS = 200;
const FRAME_MS = 16.7;
const MEDIAN_FRAMES = 2;
const LATE_FRAMES = 6;

/** From an edit in one browser to its being in the other's document, over an echo of the same line. */
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
    const echoes = sampleEchoes(author, count * INTERVAL_MS);
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

/** The echoes that the session takes of its line anyway, every two seconds. */
function sampleEchoes(page: Page, forMs: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const samples: number[] = [];
        const stop = window.theta.on('status', () => {
          const { rttMs } = window.theta.telemetry().transport;
          if (rttMs !== undefined && rttMs !== samples.at(-1)) samples.push(rttMs);
        });
        setTimeout(() => {
          stop();
          resolve(samples);
        }, duration);
      }),
    Math.max(forMs, 4500),
  );
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
      { label: 'echo p50', value: at(echo, 0.5), unit: 'ms' },
      { label: 'edit → other browser, p50', value: at(sorted, 0.5), unit: 'ms' },
      { label: 'edit → other browser, p99', value: at(sorted, 0.99), unit: 'ms' },
      over('over the echo, p50', 0.5, MEDIAN_FRAMES),
      over('over the echo, p99', 0.99, LATE_FRAMES),
    ],
    notes: [
      `${latencies.length} edits, five a second; two pages of one Chromium and the server on one machine.`,
    ],
  };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
