/**
 * One room with a hundred people who all move: updates that reach peers for each second of a core that
 * the server spends, beside a loop that sends each message of a WebSocket to all the others. The
 * servers take turns, each in a process of its own; the load comes from this one.
 * `npx tsx bench/fan-out.ts [--quick]`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { bareCrowd } from './fan-out-parts/bare-crowd.ts';
import type { Crowd } from './fan-out-parts/crowd.ts';
import { ServerChild } from './fan-out-parts/server-child.ts';
import { type ThetaReady, thetaCrowd } from './fan-out-parts/theta-crowd.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';

const FULL = { people: 100, rounds: 3, seconds: 4 } as const;
const QUICK = { people: 10, rounds: 1, seconds: 1 } as const;
const HZ = 30;
const TICK_MS = 1000 / HZ;
/** In so many parts of a tick the people send one after another, as people do. */
const PARTS = 10;
const TOGETHER_M = 1;
const SPREAD_M = 100;

interface Sample {
  readonly perCore: number;
  readonly share: number;
  readonly coalesced: number;
  readonly p99: number;
}

/** One window: everybody moves, and edits once a second. */
async function load(
  crowd: Crowd,
  server: ServerChild<unknown>,
  people: number,
  seconds: number,
): Promise<Sample> {
  crowd.heard();
  const before = await server.state();
  const began = performance.now();
  for (let part = 0; part < seconds * HZ * PARTS; part++) {
    for (let index = part % PARTS; index < people; index += PARTS) crowd.show(index);
    for (let index = 0; index < people; index++) {
      if (part % (HZ * PARTS) === (index * HZ * PARTS) / people) await crowd.edit(index);
    }
    const late = began + ((part + 1) * TICK_MS) / PARTS - performance.now();
    // Even when late: what has arrived must be taken in.
    await pause(Math.max(0, late));
  }
  const after = await server.state();
  const { updates, latencies } = crowd.heard();
  await pause(500);
  crowd.heard();
  const core = (after.cpu - before.cpu) / 1e6;
  const coalesced = after.squashed - before.squashed;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    perCore: (updates + coalesced) / core,
    share: core / ((performance.now() - began) / 1000),
    coalesced: coalesced / (updates + coalesced || 1),
    p99: sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0,
  };
}

function rowOf(label: string, unit: string, samples: readonly number[]): BenchRow {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { label, unit, value: at(0.5), spread: [at(0.25), at(0.75)] };
}

function rows(ours: readonly Sample[], bare: readonly Sample[], spread: readonly Sample[]) {
  const fast = rowOf(
    'theta: updates a second and core',
    '/s',
    ours.map(({ perCore }) => perCore),
  );
  const loop = rowOf(
    'bare ws loop: the same',
    '/s',
    bare.map(({ perCore }) => perCore),
  );
  const late = rowOf(
    'theta: p99 from hand to eye',
    'ms',
    ours.map(({ p99 }) => p99),
  );
  const least = rowOf(
    'bare ws loop: the same',
    'ms',
    bare.map(({ p99 }) => p99),
  );
  const ratio = fast.value / loop.value;
  const filtered = rowOf(
    'theta, spread over 1 km: updates that need not be sent',
    '%',
    spread.map(({ coalesced }) => 100 * coalesced),
  );
  return [
    { ...fast, ratio, goal: '≥ the bare loop', pass: ratio >= 1 },
    loop,
    rowOf(
      'theta: of them coalesced',
      '%',
      ours.map(({ coalesced }) => 100 * coalesced),
    ),
    rowOf(
      'theta: of a core',
      '%',
      ours.map(({ share }) => 100 * share),
    ),
    rowOf(
      'bare ws loop: of a core',
      '%',
      bare.map(({ share }) => 100 * share),
    ),
    { ...late, goal: '≤ one tick more', pass: late.value <= least.value + TICK_MS },
    least,
    { ...filtered, goal: '≥ 80 %', pass: filtered.value >= 80 },
    rowOf(
      'theta, spread: of a core',
      '%',
      spread.map(({ share }) => 100 * share),
    ),
  ];
}

export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const { people, rounds, seconds } = quick ? QUICK : FULL;
  const theta = await ServerChild.start<ThetaReady>('./theta-server.ts');
  const bare = await ServerChild.start<{ port: number }>('./bare-server.ts');
  try {
    let spacing = TOGETHER_M;
    const ours = await thetaCrowd(theta.ready, people, () => spacing);
    const loop = await bareCrowd(bare.ready, people);
    const samples: [Sample[], Sample[], Sample[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      spacing = TOGETHER_M;
      await load(ours, theta, people, 1);
      samples[0].push(await load(ours, theta, people, seconds));
      samples[1].push(await load(loop, bare, people, seconds));
      spacing = SPREAD_M;
      await load(ours, theta, people, 1);
      samples[2].push(await load(ours, theta, people, seconds));
    }
    return {
      name: 'fan-out',
      rows: rows(...samples),
      notes: [
        `${people} people at ${HZ} Hz and a signed packet a second each, over WebSockets in Node`,
        'load clients verify nothing; together: all within 10 m; spread: 100 m from each other',
      ],
    };
  } finally {
    theta.stop();
    bare.stop();
  }
}

if (isMain(import.meta.url)) {
  printReport(await run({ quick: process.argv.includes('--quick') }));
  process.exit();
}
