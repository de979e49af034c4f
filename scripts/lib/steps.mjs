/**
 * A step of a run: what it is called, and how many checks or tests of it passed and failed.
 * @typedef {{ name: string, run: () => Promise<{ passed: number, failed: number }> }} Step
 */

/** A step that counts as one check: it passed when its program ended with 0. */
export function checkStep(name, run) {
  return {
    name,
    run: async () => ((await run()) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  };
}

/**
 * Runs steps in order, up to the first that fails, and ends with one line, `N passed, N failed`.
 * @returns the totals
 */
export async function runSteps(steps) {
  const totals = { passed: 0, failed: 0 };
  for (const [at, step] of steps.entries()) {
    console.log(`\n━━━ ${step.name} (${at + 1} of ${steps.length}) ━━━`);
    const start = performance.now();
    const { passed, failed } = await resultOf(step);
    totals.passed += passed;
    totals.failed += failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${step.name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
    if (failed === 0) continue;
    const left = steps.slice(at + 1).map(({ name }) => name);
    if (left.length > 0) console.log(`Not run: ${left.join(', ')}.`);
    break;
  }
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
  return totals;
}

async function resultOf(step) {
  try {
    return await step.run();
  } catch (error) {
    console.error(error.stack ?? error);
    return { passed: 0, failed: 1 };
  }
}
