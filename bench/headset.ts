import type { Page } from '@playwright/test';
import { installHeadset, Wearer } from '../e2e/support/headset.ts';
import { headsetPose } from '../src/client/presence/headset-pose.ts';
import { encode } from '../src/protocol/codec.ts';
import { openStage, untilConnected } from './browsers.ts';
import { type BenchOptions, type BenchReport, isMain, printReport } from './harness.ts';
import { spansOf } from './trace.ts';

const ENTITIES = { full: 2000, quick: 200 } as const;
const FRAMES = { full: 1000, quick: 30 } as const;
const MATERIALS = 20;
/** Of a sphere with some 250 triangles: 2,000 of them have half a million. */
const SEGMENTS = 17;
/** They look on, and draw by the same software renderer. */
const ONLOOKER = { width: 64, height: 64 };
/** What a frame begins with: `src/client/viewport/frame-systems.ts`. */
const FIRST_SYSTEM = 'presence';
/** The design's rate of presence. */
const PRESENCE_HZ = 20;
const HEADSET = { width: 480, height: 270 };
const MOST = { draws: 100, ms: 4, taskMs: 8, upKbPerSec: 3 } as const;

/**
 * What a frame in the emulated Quest 3 costs the page's own systems, in a scene that fills the view, with
 * two others there and the hands moving. What the renderer and the software GPU take is told apart.
 */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const stage = await openStage();
  const which = quick ? 'quick' : 'full';
  const count = ENTITIES[which];
  try {
    const filler = await stage.join();
    await fill(filler, count);
    for (const page of [filler, await stage.join()]) await page.setViewportSize(ONLOOKER);
    const page = await stage.another();
    await installHeadset(page);
    await page.setViewportSize(HEADSET);
    await page.goto(stage.editorLink);
    await untilConnected(page);
    const wearer = new Wearer(page);
    await wearer.enter('VR');
    await wearer.rest();
    await wearer.frames(5);
    const { trace, frame, heap } = await measured(page, FRAMES[which]);
    const { perFrame, longest } = ownTimes(trace);
    const p95 = quantile(perFrame, 0.95);
    const growth = (heap.after - heap.before) / perFrame.length / 1024;
    const label = `${count} entities, ${MATERIALS} materials`;
    return {
      name: 'headset',
      rows: [
        { label: `${label}: triangles`, value: frame.triangles, unit: 'triangles' },
        goalRow(`${label}: draw calls, both eyes in each`, frame.drawCalls, '', MOST.draws),
        goalRow(`${label}: own systems a frame, p95`, p95, 'ms', MOST.ms),
        { label: 'own systems a frame, median', value: quantile(perFrame, 0.5), unit: 'ms' },
        goalRow('the longest step of ours', longest, 'ms', MOST.taskMs),
        { label: 'heap growth a frame, collected before and after', value: growth, unit: 'KB' },
        goalRow('presence of a head and two hands', presenceKbPerSec(), 'KB/s', MOST.upKbPerSec),
        { label: 'frames', value: perFrame.length, unit: 'frames' },
      ],
      notes: [
        'The emulated Quest 3 of iwer, stereo, on a software renderer: frames come slowly, script is what it is.',
        'Own systems: everything of a frame (docs/telemetry.md, frame.stages) but the render call.',
      ],
    };
  } finally {
    await stage.dispose();
  }
}

function goalRow(label: string, value: number, unit: string, most: number) {
  return { label, value, unit, goal: `≤ ${most} ${unit}`.trim(), pass: value <= most };
}

async function fill(page: Page, count: number): Promise<void> {
  const outcome = await page.evaluate(
    ({ many, materials, segments }) =>
      window.theta.transaction('Fill', (tx) => {
        for (let i = 0; i < many; i++) {
          const [x, y, z] = [i % 20, Math.floor(i / 20) % 5, Math.floor(i / 100)];
          tx.execute('entity.create', {
            name: `Ball ${i}`,
            components: {
              transform: { position: [x - 10, y + 0.5, -z], scale: [0.6, 0.6, 0.6] },
              primitive: { kind: 'sphere', segments },
              material: { roughness: (i % materials) / materials },
            },
          });
        }
      }),
    { many: count, materials: MATERIALS, segments: SEGMENTS },
  );
  if (outcome.status !== 'accepted') throw new Error(`Filling was ${outcome.status}.`);
}

/** So many frames, with a hand that waves. */
async function measured(page: Page, frames: number) {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.enable');
  const heapNow = async (): Promise<number> => {
    await client.send('HeapProfiler.collectGarbage');
    return page.evaluate(() => window.theta.telemetry().frame.heapBytes ?? 0);
  };
  const before = await heapNow();
  const result = await page.evaluate(async (count) => {
    const { position } = window.headset.controllers.right!;
    window.theta.startTrace();
    for (let frame = 0; frame < count; frame++) {
      position.x = 0.2 + Math.sin(frame / 10) * 0.1;
      await window.afterFrames(1);
    }
    const trace = window.theta.stopTrace();
    return { trace, frame: window.theta.telemetry().frame };
  }, frames);
  return { ...result, heap: { before, after: await heapNow() } };
}

/** Of messages as a page sends them, at its full rate. */
function presenceKbPerSec(): number {
  const pose = { position: [1, 1.6, -2], rotation: [0, 0, 0, 1] } as const;
  const headset = headsetPose({ head: pose, left: pose, right: pose, scale: 1 }, 1000);
  const value = { tick: 1, peer: 0, fov: 0, headset };
  const message = encode('ClientMessage', { payload: { type: 'Presence', value } });
  return (message.length * PRESENCE_HZ) / 1024;
}

/** Milliseconds of our systems in each frame, and the longest step of them. */
function ownTimes(trace: string): { perFrame: number[]; longest: number } {
  const steps = spansOf(trace)
    .filter(({ cat }) => cat !== 'renderer')
    .toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0));
  const perFrame: number[] = [];
  let longest = 0;
  for (const { name, dur = 0 } of steps) {
    const ms = dur / 1000;
    if (name === FIRST_SYSTEM) perFrame.push(0);
    if (perFrame.length === 0) continue;
    perFrame[perFrame.length - 1]! += ms;
    longest = Math.max(longest, ms);
  }
  return { perFrame, longest };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
