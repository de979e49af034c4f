import { expect, it } from 'vitest';
import { historyLines } from '../../scripts/bench/results.mjs';
import { trendPage, trendsOf } from './trend.ts';

const HEADING = 'measuredAt,commit,cpu,cores,bench,label,value,unit\n';

function run(
  measuredAt: string,
  values: Record<string, readonly [number, string]>,
  cpu = 'A, fast',
) {
  const rows = Object.entries(values).map(([label, [value, unit]]) => ({ label, value, unit }));
  return historyLines({ measuredAt, commit: 'c', cpu, cores: 2 }, [{ name: 'x', rows, notes: [] }]);
}

it('holds the latest run against the median of the earlier ones on the same kind of machine', () => {
  const csv =
    HEADING +
    run('1', { slow: [100, 'ns'], rate: [1000, 'edits/s'], same: [10, 'ms'] }) +
    run('2', { slow: [1, 'ns'] }, 'B') +
    run('3', { slow: [110, 'ns'], rate: [1000, 'edits/s'], same: [10, 'ms'] }) +
    run('4', { slow: [210, 'ns'], rate: [2000, 'edits/s'], same: [11, 'ms'], new: [1, 'ms'] });
  const trends = trendsOf(csv);
  expect(trends.map(({ label, verdict, before }) => [label, verdict, before])).toEqual([
    ['slow', 'worse', 105],
    ['rate', 'better', 1000],
    ['same', 'steady', 10],
  ]);
});

it('names what became worse first', () => {
  const csv =
    HEADING + run('1', { a: [1, 'ms'], b: [1, 'ms'] }) + run('2', { a: [1, 'ms'], b: [2, 'ms'] });
  const page = trendPage(trendsOf(csv));
  expect(page.indexOf('| worse | x: b')).toBeGreaterThan(0);
  expect(page.indexOf('| worse | x: b')).toBeLessThan(page.indexOf('| steady | x: a'));
});

it('says so where there is nothing to compare with', () => {
  expect(trendPage(trendsOf(HEADING + run('1', { a: [1, 'ms'] })))).toContain('no earlier run');
  expect(trendsOf('')).toEqual([]);
});

it('refuses a history that is not one', () => {
  expect(() => trendsOf('measuredAt,bench\n1,x\n')).toThrow();
});
