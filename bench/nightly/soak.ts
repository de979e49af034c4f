import type { CDPSession, Page } from '@playwright/test';
import { circlePointer, openStage, type Stage } from '../browsers.ts';
import type { BenchReport, BenchRow } from '../harness.ts';
import { type DriftLimits, driftOf, median, type Reading } from './drift.ts';
import { beginSoakTraffic } from './soak-traffic.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Between two readings. */
  readonly everySeconds: number;
  /** Told after each reading. */
  readonly onReading?: (done: number, of: number) => void;
}

const ENTITIES = 50;
const EDIT_EVERY_MS = 200;
const MIB = 2 ** 20;

interface Figure {
  readonly label: string;
  readonly unit: string;
  readonly limits: DriftLimits;
}

/** What must stay flat, and the growth over the run that is still no drift. */
const FIGURES = {
  pageHeap: { label: "a page's heap", unit: 'MiB', limits: { share: 0.05, units: 2 } },
  pageListeners: { label: "a page's listeners", unit: '', limits: { share: 0, units: 4 } },
  pageNodes: { label: "a page's nodes", unit: '', limits: { share: 0.02, units: 50 } },
  serverHeap: { label: "the server's heap", unit: 'MiB', limits: { share: 0.1, units: 8 } },
  serverMemory: { label: "the server's memory", unit: 'MiB', limits: { share: 0.05, units: 16 } },
  latency: { label: 'edit → verdict, median', unit: 'ms', limits: { share: 0.2, units: 3 } },
} satisfies Record<string, Figure>;

type FigureName = keyof typeof FIGURES;

/**
 * Two people edit one scene for a while; memory, listeners and latency are read now and then, and none
 * may drift.
 */
export async function soak({
  minutes,
  everySeconds,
  onReading,
}: SoakOptions): Promise<BenchReport> {
  const stage = await openStage();
  try {
    const pages = [await stage.join(), await stage.join()] as const;
    const [page] = pages;
    await makeScene(page);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    await Promise.all(pages.map(beginTraffic));
    const readings = emptyReadings();
    const began = Date.now();
    const count = Math.round((minutes * 60) / everySeconds);
    for (let i = 1; i <= count; i++) {
      await moveAbout(pages, began + i * everySeconds * 1000);
      const hours = (Date.now() - began) / 3_600_000;
      const read = await readAll(stage, page, cdp);
      for (const [name, value] of Object.entries(read) as [FigureName, number][])
        readings[name].push({ hours, value });
      onReading?.(i, count);
    }
    const edits = await page.evaluate(() => window.theta.session.seq);
    const hashes = await settle(pages);
    return report(readings, { minutes, edits, hashes });
  } finally {
    await stage.dispose();
  }
}

async function makeScene(page: Page): Promise<void> {
  await page.evaluate(async (count) => {
    const kinds = ['box', 'sphere', 'cylinder', 'cone', 'torus', 'plane'];
    await window.theta.transaction('Scene', (tx) => {
      for (let i = 0; i < count; i++)
        tx.execute('entity.create', {
          name: `Thing ${i}`,
          components: {
            transform: { position: [(i % 10) * 2 - 9, 0, Math.floor(i / 10) * 2 - 5] },
            primitive: { kind: kinds[i % kinds.length]! },
            material: { color: [0.3, 0.5, 0.8, 1] },
          },
        });
    });
  }, ENTITIES);
}

async function beginTraffic(page: Page): Promise<void> {
  await page.waitForFunction((count) => window.theta.entities().length >= count, ENTITIES);
  const entities = await page.evaluate(() => [...window.theta.entities()]);
  await page.evaluate(beginSoakTraffic, { entities, everyMs: EDIT_EVERY_MS });
}

/** Both pointers go round over the view, which others see as presence, until the time has come. */
async function moveAbout(pages: readonly Page[], until: number): Promise<void> {
  for (let turn = 0; Date.now() < until; turn++) {
    for (const page of pages) await circlePointer(page, turn);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function emptyReadings(): Record<FigureName, Reading[]> {
  const names = Object.keys(FIGURES) as FigureName[];
  return Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    FigureName,
    Reading[]
  >;
}

async function readAll(
  stage: Stage,
  page: Page,
  cdp: CDPSession,
): Promise<Record<FigureName, number>> {
  const latencies = await page.evaluate(() => window.soakTraffic.read());
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const ofPage = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
  const ofServer = await serverFigures(stage);
  return {
    pageHeap: ofPage('JSHeapUsedSize') / MIB,
    pageListeners: ofPage('JSEventListeners'),
    pageNodes: ofPage('Nodes'),
    serverHeap: ofServer('theta_heap_used_bytes') / MIB,
    serverMemory: ofServer('theta_resident_bytes') / MIB,
    latency: median(latencies),
  };
}

async function serverFigures(stage: Stage): Promise<(name: string) => number> {
  const response = await fetch(new URL('/metrics', stage.editorLink));
  const text = await response.text();
  return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Ends the edits and waits until both have all of them. @returns the hash of each page's document */
async function settle(pages: readonly Page[]): Promise<string[]> {
  await Promise.all(pages.map((page) => page.evaluate(() => window.soakTraffic.stop())));
  const [first, second] = pages as [Page, Page];
  await first.waitForFunction(() => window.theta.session.pending === 0);
  await second.waitForFunction(() => window.theta.session.pending === 0);
  const seq = await first.evaluate(() => window.theta.session.seq);
  await second.waitForFunction((at) => window.theta.session.seq >= at, seq);
  const after = await second.evaluate(() => window.theta.session.seq);
  await first.waitForFunction((at) => window.theta.session.seq >= at, after);
  return Promise.all(pages.map((page) => page.evaluate(() => window.theta.worldHash())));
}

interface Totals {
  readonly minutes: number;
  readonly edits: number;
  readonly hashes: readonly string[];
}

function report(
  readings: Readonly<Record<FigureName, readonly Reading[]>>,
  { minutes, edits, hashes }: Totals,
): BenchReport {
  const rows = (Object.keys(FIGURES) as FigureName[]).map((name) =>
    row(FIGURES[name], readings[name]),
  );
  const equal = new Set(hashes).size === 1;
  return {
    name: 'soak',
    rows: [
      ...rows,
      {
        label: 'documents at the end',
        value: new Set(hashes).size,
        unit: '',
        goal: '1',
        pass: equal,
      },
    ],
    notes: [
      `${edits} edits by two people in ${minutes} minutes; after the first third, growth by the Theil–Sen slope.`,
    ],
  };
}

function row({ label, unit, limits }: Figure, readings: readonly Reading[]): BenchRow {
  const { first, last, growth, flat } = driftOf(readings, limits);
  const allowed = limits.share > 0 ? `${limits.share * 100} % or ${limits.units}` : limits.units;
  return {
    label: `growth of ${label}`,
    value: growth,
    unit,
    spread: [first, last],
    goal: `≤ ${allowed} ${unit}`.trimEnd(),
    pass: flat,
  };
}
