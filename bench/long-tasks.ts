import type { Page } from '@playwright/test';
import { openStage, untilConnected } from './browsers.ts';
import { type BenchOptions, type BenchReport, isMain, printReport } from './harness.ts';
import { fillScene } from './scenes.ts';
import { spansOf } from './trace.ts';

const ENTITIES = { full: 10_000, quick: 500 } as const;
const GESTURES = { full: 8, quick: 1 } as const;
/** The Long Tasks API's own limit. */
const LONG_MS = 50;
const IDLE_MS = 3000;
const WINDOW = { width: 1280, height: 720 };

/** A task over 50 ms, and what of it drawing took, and waiting for graphics; the rest is ours. */
interface LongTask {
  readonly gesture: string;
  readonly ms: number;
  readonly drawingMs: number;
  readonly oursMs: number;
  /** The longest of our steps in it. */
  readonly steps: readonly string[];
}

/**
 * What people do with mouse and keyboard in a large scene, and which tasks over 50 ms the page has
 * meanwhile (Long Tasks API). The drawing of a software renderer is told apart: a GPU does it elsewhere.
 */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const stage = await openStage();
  const count = quick ? ENTITIES.quick : ENTITIES.full;
  try {
    const page = await stage.another();
    await page.addInitScript(watchGraphics);
    await page.goto(stage.editorLink);
    await untilConnected(page);
    await page.setViewportSize(WINDOW);
    await fillScene(page, count);
    await page.getByRole('contentinfo').waitFor();
    await settled(page);
    const tasks: LongTask[] = [];
    for (const [gesture, make] of Object.entries(GESTURE)) {
      await watch(page);
      for (let time = 0; time < (quick ? GESTURES.quick : GESTURES.full); time++) {
        await make(page, time);
      }
      await settled(page);
      tasks.push(...(await collect(page, gesture)));
    }
    const ours = tasks.filter(({ oursMs }) => oursMs > LONG_MS);
    for (const { gesture, ms, drawingMs, oursMs, steps } of tasks) {
      const parts = `${oursMs.toFixed(0)} ms ours, ${drawingMs.toFixed(0)} ms drawing`;
      console.log(`  ${gesture}: ${ms.toFixed(0)} ms (${parts}) ${steps.join(', ')}`);
    }
    const idle = await idleShare(page);
    const longest = Math.max(0, ...tasks.map(({ oursMs }) => oursMs));
    return {
      name: 'long-tasks',
      rows: [
        {
          label: `tasks over ${LONG_MS} ms that are ours, ${count} entities`,
          value: ours.length,
          unit: 'tasks',
          goal: 'none',
          pass: ours.length === 0,
        },
        { label: 'the longest of our part', value: longest, unit: 'ms' },
        {
          label: 'tasks that drawing makes long',
          value: tasks.length - ours.length,
          unit: 'tasks',
        },
        { label: 'frames drawn while idle', value: idle.frames, unit: 'frames' },
        { label: 'script while idle', value: idle.share * 100, unit: '% of a core' },
      ],
      notes: ['Clicks, marquee, drags of an object, of the camera, typing a name and a number.'],
    };
  } finally {
    await stage.dispose();
  }
}

/** Points of the window's middle that move a little each time. */
function middle(time: number): [number, number] {
  return [560 + (time % 4) * 30, 360 + (time % 3) * 24];
}

const GESTURE: Readonly<Record<string, (page: Page, time: number) => Promise<void>>> = {
  async select(page, time) {
    await page.mouse.click(...middle(time));
  },
  async 'select all'(page) {
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Escape');
  },
  async drag(page, time) {
    const [x, y] = middle(time);
    await page.mouse.click(x, y);
    await page.keyboard.press('g');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 10, { steps: 12 });
    await page.mouse.up();
  },
  async orbit(page, time) {
    const [x, y] = middle(time);
    await page.mouse.move(x, y + 200);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(x + 40, y + 190, { steps: 10 });
    await page.mouse.up({ button: 'middle' });
  },
  async 'type a name'(page, time) {
    await page
      .getByRole('treeitem')
      .nth(time % 8)
      .dblclick();
    await page.keyboard.type('Renamed', { delay: 20 });
    await page.keyboard.press('Enter');
  },
  async search(page) {
    const search = page.getByRole('searchbox').or(page.getByPlaceholder('Search')).first();
    await search.click();
    await page.keyboard.type('object 12', { delay: 30 });
    await search.fill('');
    await page.keyboard.press('Escape');
  },
  async undo(page) {
    await page.keyboard.press('Control+z');
  },
};

/** Waits until the page has had nothing to do for a while. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quiet = 0;
        const frame = (): void => {
          const began = performance.now();
          requestIdleCallback(() => {
            quiet = performance.now() - began < 30 ? quiet + 1 : 0;
            if (quiet >= 8) resolve();
            else requestAnimationFrame(frame);
          });
        };
        frame();
      }),
  );
}

interface Interval {
  readonly start: number;
  readonly end: number;
}

/**
 * Runs in the page before its scripts: keeps when calls of WebGL stood and waited for the graphics
 * process, which a software renderer keeps busy with shaders and pixels.
 */
function watchGraphics(): void {
  const waits: Interval[] = [];
  Object.assign(globalThis, { graphicsWaits: waits });
  const waiting = [
    ...['getBufferSubData', 'readPixels', 'finish', 'clientWaitSync', 'getSyncParameter'],
    ...['getProgramInfoLog', 'getShaderInfoLog', 'getProgramParameter', 'getShaderParameter'],
    ...['getActiveUniform', 'getUniformLocation', 'getAttribLocation', 'getParameter'],
    ...['createVertexArray', 'texSubImage2D', 'texImage2D', 'bufferData', 'linkProgram'],
  ];
  const gl = WebGL2RenderingContext.prototype as unknown as Record<string, unknown>;
  for (const name of waiting) {
    const call = gl[name] as (...rest: unknown[]) => unknown;
    gl[name] = function (this: unknown, ...rest: unknown[]) {
      const start = performance.now();
      const result = call.apply(this, rest);
      const end = performance.now();
      if (end - start > 1) waits.push({ start, end });
      return result;
    };
  }
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: { start: number; end: number }[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ start: startTime, end: startTime + duration });
    });
    observer.observe({ type: 'longtask' });
    Object.assign(globalThis, { longTasks: { tasks, observer } });
    window.theta.startTrace();
  });
}

async function collect(page: Page, gesture: string): Promise<LongTask[]> {
  const { tasks, trace, waits } = await page.evaluate(() => {
    const { longTasks } = globalThis as unknown as {
      longTasks: { tasks: { start: number; end: number }[]; observer: PerformanceObserver };
    };
    longTasks.observer.disconnect();
    const { graphicsWaits } = globalThis as unknown as { graphicsWaits: Interval[] };
    const waits = graphicsWaits.splice(0);
    return { tasks: longTasks.tasks, trace: window.theta.stopTrace(), waits };
  });
  const spans = spansOf(trace);
  return tasks.map(({ start, end }) => {
    const inside = spans.filter(({ ts = 0 }) => ts / 1000 >= start && ts / 1000 < end);
    const draws = inside
      .filter(({ cat }) => cat === 'renderer')
      .map(({ ts = 0, dur = 0 }) => ({ start: ts / 1000, end: (ts + dur) / 1000 }));
    const drawingMs = covered([...draws, ...waits], start, end);
    const steps = inside
      .filter(({ cat, dur = 0 }) => cat !== 'renderer' && dur > 5000)
      .map(({ name, dur = 0 }) => `${name} ${(dur / 1000).toFixed(0)}`);
    const ms = end - start;
    return { gesture, ms, drawingMs, oursMs: ms - drawingMs, steps };
  });
}

/** How much of the time between two moments lies in any of the intervals. */
function covered(intervals: readonly Interval[], from: number, to: number): number {
  let total = 0;
  let reached = from;
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    const begin = Math.max(start, reached);
    const stop = Math.min(end, to);
    if (stop <= begin) continue;
    total += stop - begin;
    reached = stop;
  }
  return total;
}

/** An idle tab draws nothing: frames meanwhile, and script's share of a core. */
async function idleShare(page: Page): Promise<{ frames: number; share: number }> {
  await page.mouse.move(2, 2);
  await settled(page);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const scriptSeconds = async (): Promise<number> => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  await page.evaluate(() => window.theta.startTrace());
  const before = await scriptSeconds();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const share = ((await scriptSeconds()) - before) / (IDLE_MS / 1000);
  const trace = await page.evaluate(() => window.theta.stopTrace());
  const frames = spansOf(trace).filter(({ cat }) => cat === 'renderer').length;
  return { frames, share };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
