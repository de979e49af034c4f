import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface BenchRow {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** The middle half of the rounds: from the first to the third quartile. */
  readonly spread?: readonly [number, number];
  /** Against what `goal` is about, where there is one. */
  readonly ratio?: number;
  readonly goal?: string;
  readonly pass?: boolean;
}

export interface BenchReport {
  readonly name: string;
  readonly rows: readonly BenchRow[];
  readonly notes: readonly string[];
}

export interface BenchOptions {
  /** Fewer and shorter rounds: a sign of life, not a measurement. */
  readonly quick: boolean;
}

/** What every file of this folder exports as `run`. */
export type Bench = (options: BenchOptions) => Promise<BenchReport>;

export interface Contestant {
  readonly label: string;
  /** What one call of `run` does, in operations. */
  readonly operations: number;
  readonly run: () => void;
}

export interface Measurement {
  readonly label: string;
  /** Nanoseconds an operation: the median of the rounds. */
  readonly nanoseconds: number;
  readonly quartiles: readonly [number, number];
  /** Nanoseconds an operation, by round. */
  readonly rounds: readonly number[];
}

const FULL = { rounds: 60, roundMs: 4, warmUpMs: 150 } as const;
const QUICK = { rounds: 5, roundMs: 2, warmUpMs: 20 } as const;

/**
 * Times contestants in short rounds that take turns, so that a disturbance of the machine meets all of
 * them, and reports the median round of each.
 */
export function measure(contestants: readonly Contestant[], options: BenchOptions): Measurement[] {
  const { rounds, roundMs, warmUpMs } = options.quick ? QUICK : FULL;
  const samples = contestants.map((): number[] => []);
  for (const contestant of contestants) timeFor(contestant, warmUpMs);
  for (let round = 0; round < rounds; round++) {
    for (const [at, contestant] of contestants.entries()) {
      samples[at]!.push(timeFor(contestant, roundMs));
    }
  }
  return contestants.map(({ label }, at) => {
    const [low, median, high] = quartiles(samples[at]!);
    return { label, nanoseconds: median, quartiles: [low, high], rounds: samples[at]! };
  });
}

/** How much longer `a` takes than `b`: the median over the rounds, each with its own disturbances. */
export function ratioOf(a: Measurement, b: Measurement): number {
  return quartiles(a.rounds.map((each, round) => each / b.rounds[round]!))[1];
}

/** Nanoseconds an operation, over as many runs as fit in `ms`, at least one. */
function timeFor({ run, operations }: Contestant, ms: number): number {
  const start = performance.now();
  let runs = 0;
  let elapsed = 0;
  do {
    run();
    runs += 1;
    elapsed = performance.now() - start;
  } while (elapsed < ms);
  return (elapsed * 1e6) / (runs * operations);
}

function quartiles(samples: readonly number[]): readonly [number, number, number] {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.25), at(0.5), at(0.75)];
}

/** What a row says besides its value. */
export type Verdict = Pick<BenchRow, 'ratio' | 'goal' | 'pass'>;

/** A row for a measurement. */
export function timeRow(
  group: string,
  { label, nanoseconds, quartiles }: Measurement,
  verdict: Verdict = {},
): BenchRow {
  return {
    label: `${group}: ${label}`,
    value: nanoseconds,
    unit: 'ns',
    spread: quartiles,
    ...verdict,
  };
}

/** The measurement of this label. @throws {RangeError} when nothing of the name was measured */
export function measurementOf(measurements: readonly Measurement[], label: string): Measurement {
  const found = measurements.find((each) => each.label === label);
  if (found === undefined) throw new RangeError(`Nothing called "${label}" was measured.`);
  return found;
}

let collect: (() => void) | undefined;

/** Collects garbage now, with or without `--expose-gc`. */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  collect();
}

/** Bytes of heap and array buffers that `build` leaves behind while its result is held. */
export function bytesOf(build: () => unknown): number {
  const used = (): number => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const held = [build()];
  const bytes = used() - before;
  held.pop();
  return bytes;
}

/** Prints a report as a table, with a mark for each goal. */
export function printReport({ name, rows, notes }: BenchReport): void {
  const lines = rows.map(cells);
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...lines.map((line) => line[at]!.length)));
  console.log(`\n${name}`);
  for (const line of lines) {
    const padded = line.map((cell, at) =>
      at === 0 || at === 4 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!),
    );
    console.log(`  ${padded.join('  ').trimEnd()}`);
  }
  for (const note of notes) console.log(`  · ${note}`);
}

function cells({ label, value, unit, spread, ratio, goal, pass }: BenchRow): string[] {
  const range = spread === undefined ? '' : `${figure(spread[0])}–${figure(spread[1])}`;
  const times = ratio === undefined ? '' : `${figure(ratio)} ×`;
  const mark = pass === undefined ? '' : pass ? '✓ ' : '✗ ';
  return [label, `${figure(value)} ${unit}`, range, times, `${mark}${goal ?? ''}`];
}

function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

/** Whether a module is the one that was started. */
export function isMain(moduleUrl: string): boolean {
  const script = process.argv[1];
  return script !== undefined && moduleUrl === new URL(`file://${script}`).href;
}
