import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runBin } from './child.mjs';

/** Where the runners leave their reports. */
const REPORTS = join('.cache', 'reports');

/** The unit tests; those of the server's parts start Deno by themselves. */
export function unitTests(root) {
  return {
    name: 'Unit tests',
    run: async () => {
      const report = await freshReport(root, 'vitest.json');
      const args = ['run', '--allowOnly=false', '--reporter=default', '--reporter=json'];
      const outputFile = `--outputFile.json=${report}`;
      const code = await runBin(root, 'vitest', 'vitest', [...args, outputFile]);
      return agreeWithExitCode(code, vitestTotals(await readReport(report)));
    },
  };
}

/** The tests in a browser: pages against the real server. */
export function endToEndTests(root, chromium) {
  return {
    name: 'End-to-end tests',
    run: async () => {
      const report = await freshReport(root, 'playwright.json');
      const env = {
        ...process.env,
        CHROMIUM: chromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      };
      const args = ['test', '--forbid-only', '--reporter=list,json'];
      const code = await runBin(root, '@playwright/test', 'playwright', args, { env });
      return agreeWithExitCode(code, playwrightTotals(await readReport(report)));
    },
  };
}

/** Counts of vitest's report; a file that cannot be loaded counts as one failure. */
export function vitestTotals(report) {
  if (report === undefined) return { passed: 0, failed: 0 };
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
  };
}

/** Counts of Playwright's report; a test that passes only on a retry counts as a failure. */
export function playwrightTotals(report) {
  if (report === undefined) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length };
}

/** A runner that ends badly has failed, whatever its report says. */
export function agreeWithExitCode(code, { passed, failed }) {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

async function freshReport(root, name) {
  const path = join(root, REPORTS, name);
  await mkdir(join(root, REPORTS), { recursive: true });
  await rm(path, { force: true });
  return path;
}

/** A report, or `undefined` when its runner ended before it wrote one. */
async function readReport(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
