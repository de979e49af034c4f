import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';
import type { Page } from '@playwright/test';
import { FIRST_LOAD_BUDGET } from '../scripts/lib/first-load.mjs';
import { openStage, type Stage } from './browsers.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';

const ROUNDS = { full: 5, quick: 1 } as const;
/** A page is at rest when nothing has kept it this long for longer than a long task's 50 ms. */
const QUIET_MS = 1000;
const TIMEOUT_MS = 60_000;
/** A line of 10 Mbit/s with 40 ms there and back. */
const LINE = { offline: false, latency: 40, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 };
/** A folder with `editor/index.html` of three.js, and what it imports beside it. */
const PEER_FOLDER = process.env.THREE_EDITOR;

interface Load {
  /** Script that was fetched before the view was usable, as it came over the line. */
  readonly scriptBytes: number;
  readonly drawnMs: number | undefined;
  /** The end of the last long task before the page was at rest, and no sooner than it was drawn. */
  readonly interactiveMs: number;
}

/**
 * From an empty browser to a usable view: how much script, and how long, on this machine and over a
 * line as many people have it; against the three.js editor where `THREE_EDITOR` names a copy of it.
 */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const stage = await openStage();
  const peer = PEER_FOLDER === undefined ? undefined : await serveFolder(PEER_FOLDER);
  try {
    const subjects = [{ label: 'Theta', url: stage.editorLink, isOurs: true }];
    if (peer) {
      const { port } = peer.address() as AddressInfo;
      const url = `http://localhost:${port}/editor/index.html`;
      subjects.push({ label: 'three.js editor', url, isOurs: false });
    }
    const rows: BenchRow[] = [];
    for (const line of ['this machine', '10 Mbit/s'] as const) {
      const loads = subjects.map((): Load[] => []);
      for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.full); round++) {
        for (const [at, { url, isOurs }] of subjects.entries()) {
          loads[at]?.push(await load(stage, url, isOurs, line === '10 Mbit/s'));
        }
      }
      const [ours = [], theirs = []] = loads;
      if (line === 'this machine') rows.push(...sizeRows(ours, theirs));
      rows.push(...timeRows(line, ours, theirs));
    }
    return {
      name: 'page-load',
      rows,
      notes: [
        'A browser and a cache of its own each time; interactive is the end of the last task over 50 ms before a second of rest.',
        ...(peer
          ? []
          : ['Without the three.js editor: name a copy in THREE_EDITOR to measure it.']),
      ],
    };
  } finally {
    peer?.close();
    await stage.dispose();
  }
}

function sizeRows(ours: readonly Load[], theirs: readonly Load[]): BenchRow[] {
  const kilobytes = (loads: readonly Load[]): number =>
    median(loads.map(({ scriptBytes }) => scriptBytes)) / 1000;
  const most = FIRST_LOAD_BUDGET / 1000;
  const value = kilobytes(ours);
  const row = {
    label: 'Theta: script before a usable view, gzip',
    value,
    unit: 'kB',
    goal: `≤ ${most} kB`,
    pass: value <= most,
  };
  if (theirs.length === 0) return [row];
  const label = 'three.js editor: script before it rests, gzip';
  return [row, { label, value: kilobytes(theirs), unit: 'kB' }];
}

function timeRows(line: string, ours: readonly Load[], theirs: readonly Load[]): BenchRow[] {
  const drawn = median(ours.flatMap(({ drawnMs }) => drawnMs ?? []));
  const value = median(ours.map(({ interactiveMs }) => interactiveMs));
  const rows: BenchRow[] = [
    { label: `Theta: connected and drawn, ${line}`, value: drawn, unit: 'ms' },
  ];
  const label = `Theta: interactive, ${line}`;
  if (theirs.length === 0) return [...rows, { label, value, unit: 'ms' }];
  const other = median(theirs.map(({ interactiveMs }) => interactiveMs));
  const verdict = { ratio: value / other, goal: 'not slower than three.js', pass: value <= other };
  rows.push({ label, value, unit: 'ms', ...verdict });
  rows.push({ label: `three.js editor: interactive, ${line}`, value: other, unit: 'ms' });
  return rows;
}

async function load(stage: Stage, url: string, isOurs: boolean, slow: boolean): Promise<Load> {
  const page = await stage.another();
  try {
    await page.addInitScript(watchLongTasks);
    if (slow) {
      const client = await page.context().newCDPSession(page);
      await client.send('Network.enable');
      await client.send('Network.emulateNetworkConditions', LINE);
    }
    await page.goto(url, { waitUntil: 'load' });
    return await measureLoad(page, isOurs);
  } finally {
    await page.context().browser()?.close();
  }
}

/** Runs in the page, before its own scripts. */
function watchLongTasks(): void {
  const ends: number[] = [];
  Object.assign(globalThis, { longTaskEnds: ends });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) ends.push(startTime + duration);
  }).observe({ type: 'longtask', buffered: true });
}

async function measureLoad(page: Page, isOurs: boolean): Promise<Load> {
  await page.waitForFunction(
    ({ marks, quiet }) => {
      const { longTaskEnds } = globalThis as unknown as { longTaskEnds: number[] };
      const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const times = marks.map((name) => performance.getEntriesByName(name)[0]?.startTime);
      const since = Math.max(...longTaskEnds, ...all.map(({ responseEnd }) => responseEnd), 0);
      return !times.includes(undefined) && performance.now() - since > quiet;
    },
    { marks: isOurs ? ['theta:connected', 'theta:drawn'] : [], quiet: QUIET_MS },
    { timeout: TIMEOUT_MS },
  );
  return page.evaluate((ours) => {
    const { longTaskEnds } = globalThis as unknown as { longTaskEnds: number[] };
    const at = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? 0;
    const drawn = ours ? Math.max(at('theta:connected'), at('theta:drawn')) : undefined;
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const isScript = ({ name, startTime }: PerformanceResourceTiming): boolean =>
      /\.m?js(\?|$)/.test(name) && startTime < (drawn ?? Number.POSITIVE_INFINITY);
    const painted = at('first-contentful-paint');
    return {
      scriptBytes: all.filter(isScript).reduce((sum, each) => sum + each.encodedBodySize, 0),
      drawnMs: drawn,
      interactiveMs: Math.max(...longTaskEnds, drawn ?? 0, painted),
    };
  }, isOurs);
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The files of a folder on loopback, gzipped as our own server does it. */
async function serveFolder(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, normalize(path));
    stat(file).then(
      (found) => {
        if (!found.isFile()) {
          response.writeHead(404).end();
          return;
        }
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' });
        createReadStream(file).pipe(createGzip()).pipe(response);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
