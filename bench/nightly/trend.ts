import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { median } from './drift.ts';

/** A line of `bench/results/history.csv`. */
const figureSchema = z.object({
  measuredAt: z.string().min(1),
  commit: z.string(),
  cpu: z.string(),
  cores: z.string(),
  bench: z.string().min(1),
  label: z.string().min(1),
  value: z.coerce.number(),
  unit: z.string(),
});

type Figure = z.infer<typeof figureSchema>;

export interface Trend {
  readonly bench: string;
  readonly label: string;
  readonly unit: string;
  /** On the latest run's kind of machine, the latest run among them. */
  readonly runs: number;
  /** The median of the runs before the latest. */
  readonly before: number;
  readonly latest: number;
  /** `latest` by `before`. */
  readonly change: number;
  readonly verdict: 'better' | 'worse' | 'steady';
}

/** Figures of two runs on one shared machine differ by this much without a cause. */
const NOISE = 0.25;
/** Of how many earlier runs the median is taken. */
const LOOK_BACK = 8;
/** Units of which more is better; of all others less is. */
const MORE_IS_BETTER = /\/s\b|×/;

/**
 * How each figure of the latest run stands against the runs before it on the same kind of machine.
 * Figures without an earlier run are left out.
 * @throws {Error} naming what is wrong in a history that is not one
 */
export function trendsOf(csv: string): Trend[] {
  const rows: unknown = parse(csv, { columns: true, skip_empty_lines: true });
  const figures = z.array(figureSchema).parse(rows);
  const latest = figures.at(-1);
  if (latest === undefined) return [];
  const alike = figures.filter(({ cpu, cores }) => cpu === latest.cpu && cores === latest.cores);
  const series = new Map<string, Figure[]>();
  for (const each of alike) {
    const name = JSON.stringify([each.bench, each.label, each.unit]);
    series.set(name, [...(series.get(name) ?? []), each]);
  }
  return [...series.values()].flatMap((each) => trendOf(each, latest.measuredAt) ?? []);
}

function trendOf(series: readonly Figure[], latestAt: string): Trend | undefined {
  const last = series.at(-1)!;
  const earlier = series.slice(0, -1).slice(-LOOK_BACK);
  if (last.measuredAt !== latestAt || earlier.length === 0) return undefined;
  const before = median(earlier.map(({ value }) => value));
  const { bench, label, unit, value } = last;
  return {
    bench,
    label,
    unit,
    runs: series.length,
    before,
    latest: value,
    change: value / before,
    verdict: verdictOf(value, before, unit),
  };
}

function verdictOf(latest: number, before: number, unit: string): Trend['verdict'] {
  if (Math.abs(latest - before) <= Math.abs(before) * NOISE) return 'steady';
  return latest > before === MORE_IS_BETTER.test(unit) ? 'better' : 'worse';
}

/** The trends as a page to read: what became worse first. */
export function trendPage(trends: readonly Trend[]): string {
  const order = { worse: 0, better: 1, steady: 2 };
  const sorted = trends.toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  const rows = sorted.map(
    ({ bench, label, unit, runs, before, latest, change, verdict }) =>
      `| ${verdict} | ${bench}: ${label.replaceAll('|', '\\|')} | ${figure(before)} | ${figure(latest)} ${unit} | ${figure(change)} × | ${runs} |`,
  );
  const heading = [
    '# Trend',
    '',
    `Steady is within ${NOISE * 100} % of the median of up to ${LOOK_BACK} earlier runs on this kind of machine.`,
    '',
  ];
  const table = [
    '| | Figure | Before | Latest | Change | Runs |',
    '| --- | --- | --: | --: | --: | --: |',
  ];
  const body =
    rows.length === 0 ? ['There is no earlier run to compare with.'] : [...table, ...rows];
  return `${[...heading, ...body].join('\n')}\n`;
}

function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}
