#!/usr/bin/env node
/**
 * Everything that must hold before a change lands, in order and up to the first failure. Ends with
 * one line, `N passed, N failed`: static checks count as one each, tests one by one.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependencyAudit } from './lib/audit-step.mjs';
import { runNode } from './lib/child.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { checkFirstLoad } from './lib/first-load.mjs';
import { buildPageIfStale } from './lib/page-build.mjs';
import { staticChecks } from './lib/static-checks.mjs';
import { checkStep, runSteps } from './lib/steps.mjs';
import { endToEndTests, unitTests } from './lib/test-runners.mjs';
import { ensureTurnServer } from './lib/turn-server.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

let chromium;

/** First of all, so that nobody waits minutes to hear that a package is missing. */
const findPrograms = {
  name: 'Programs',
  run: async () => {
    chromium = await ensureChromium(ROOT);
    console.log(`Chromium: ${chromium}`);
    console.log(`TURN server: ${await ensureTurnServer()}`);
    return { passed: 0, failed: 0 };
  },
};

const productionBuild = checkStep('Production build', async () => {
  await rm(join(ROOT, 'dist'), { recursive: true, force: true });
  return (await buildPageIfStale(ROOT)) === 'built' ? 0 : 1;
});

const firstLoad = checkStep('First load', async () =>
  (await checkFirstLoad(join(ROOT, 'dist'))) ? 0 : 1,
);

const benchmarksRun = checkStep('Benchmarks run', () =>
  runNode(ROOT, ['scripts/bench.mjs', '--quick']),
);

const { failed } = await runSteps([
  findPrograms,
  ...staticChecks(ROOT),
  dependencyAudit(ROOT),
  productionBuild,
  firstLoad,
  unitTests(ROOT),
  endToEndTests(ROOT, () => chromium),
  benchmarksRun,
]);
process.exitCode = failed === 0 ? 0 : 1;
