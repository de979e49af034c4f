import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkStep, runSteps, type Step } from './steps.mjs';

let lines: string[];

beforeEach(() => {
  lines = [];
  const keep = (text: string): void => void lines.push(...String(text).split('\n'));
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
});

afterEach(() => vi.restoreAllMocks());

const tests = (name: string, passed: number, failed: number): Step => ({
  name,
  run: async () => ({ passed, failed }),
});

it('sums up checks and tests, and ends with the totals', async () => {
  const steps = [checkStep('lint', async () => 0), tests('unit', 40, 0), tests('e2e', 2, 0)];
  expect(await runSteps(steps)).toEqual({ passed: 43, failed: 0 });
  expect(lines.at(-1)).toBe('43 passed, 0 failed');
});

it('stops at the first failure, names what it left out, and still says the totals once', async () => {
  const late = vi.fn(async () => 0);
  const steps = [tests('unit', 5, 2), checkStep('build', late), checkStep('bench', late)];
  expect(await runSteps(steps)).toEqual({ passed: 5, failed: 2 });
  expect(late).not.toHaveBeenCalled();
  expect(lines).toContain('Not run: build, bench.');
  expect(lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line))).toEqual([
    '5 passed, 2 failed',
  ]);
});

it('counts a step that throws as one failure, and says why', async () => {
  const broken: Step = { name: 'browser', run: () => Promise.reject(new Error('no Chromium')) };
  expect(await runSteps([tests('lint', 1, 0), broken])).toEqual({ passed: 1, failed: 1 });
  expect(lines.some((line) => line.includes('no Chromium'))).toBe(true);
});
