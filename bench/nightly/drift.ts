/** A figure read at a time. */
export interface Reading {
  /** Hours since the run began. */
  readonly hours: number;
  readonly value: number;
}

export interface Drift {
  readonly first: number;
  readonly last: number;
  /** Units an hour: the Theil–Sen slope, the median over all pairs, which an outlier does not move. */
  readonly slope: number;
  /** What the slope adds over the time that was looked at. */
  readonly growth: number;
  readonly flat: boolean;
}

export interface DriftLimits {
  /** Growth over the time looked at that still counts as flat, as a share of the median. */
  readonly share: number;
  /** The same in units, for figures near zero. */
  readonly units: number;
}

/** Caches fill and code is compiled in the beginning: that is no drift. */
const WARM_UP_SHARE = 1 / 3;
const FEWEST = 6;

/**
 * Whether a figure grows, after the first third of its readings.
 * @throws {RangeError} on fewer than six readings after that third, which say nothing
 */
export function driftOf(readings: readonly Reading[], limits: DriftLimits): Drift {
  const settled = readings.slice(Math.floor(readings.length * WARM_UP_SHARE));
  if (settled.length < FEWEST)
    throw new RangeError(
      `${settled.length} readings after the warm-up; at least ${FEWEST} needed.`,
    );
  const hours = settled.at(-1)!.hours - settled[0]!.hours;
  const slope = median(slopes(settled));
  const growth = slope * hours;
  const level = median(settled.map(({ value }) => value));
  return {
    first: settled[0]!.value,
    last: settled.at(-1)!.value,
    slope,
    growth,
    flat: growth <= Math.max(limits.units, Math.abs(level) * limits.share),
  };
}

function slopes(readings: readonly Reading[]): number[] {
  return readings.flatMap((a, i) =>
    readings
      .slice(i + 1)
      .filter((b) => b.hours > a.hours)
      .map((b) => (b.value - a.value) / (b.hours - a.hours)),
  );
}

/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
