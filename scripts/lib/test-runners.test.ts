import { describe, expect, it } from 'vitest';
import { agreeWithExitCode, playwrightTotals, vitestTotals } from './test-runners.mjs';

describe('vitest', () => {
  const passing = { status: 'passed', assertionResults: [{ status: 'passed' }] };

  it('counts tests', () => {
    const failing = {
      status: 'failed',
      assertionResults: [{ status: 'passed' }, { status: 'failed' }],
    };
    const report = { numPassedTests: 2, numFailedTests: 1, testResults: [passing, failing] };
    expect(vitestTotals(report)).toEqual({ passed: 2, failed: 1 });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    const unloadable = { status: 'failed', assertionResults: [] };
    const report = { numPassedTests: 1, numFailedTests: 0, testResults: [passing, unloadable] };
    expect(vitestTotals(report)).toEqual({ passed: 1, failed: 1 });
  });
});

describe('Playwright', () => {
  it('counts tests that need a retry, and errors outside of tests, as failures', () => {
    const report = { stats: { expected: 9, unexpected: 1, flaky: 2 }, errors: [{}] };
    expect(playwrightTotals(report)).toEqual({ passed: 9, failed: 4 });
  });
});

it('a runner that ends badly has failed, whatever its report says', () => {
  expect(agreeWithExitCode(1, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 1 });
  expect(agreeWithExitCode(1, { passed: 7, failed: 3 })).toEqual({ passed: 7, failed: 3 });
  expect(agreeWithExitCode(0, { passed: 7, failed: 0 })).toEqual({ passed: 7, failed: 0 });
  expect(agreeWithExitCode(1, vitestTotals(undefined))).toEqual({ passed: 0, failed: 1 });
});
