import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const PATIENCE_MS = 60_000;

/**
 * Asks the registry what it knows against the locked dependencies that a user runs. Fails on findings
 * that are high or critical; without an answer (no network, a mirror that does not audit) it says so and
 * neither passes nor fails.
 */
export function dependencyAudit(root) {
  return {
    name: 'Dependencies audited',
    run: async () => {
      const verdict = verdictOf(await askRegistry(root));
      console.log(verdict.words);
      return { passed: verdict.passed, failed: verdict.failed };
    },
  };
}

/** What `npm audit --json` printed means for the tests. */
export function verdictOf(output) {
  const counts = countsIn(output);
  if (counts === undefined) {
    return {
      passed: 0,
      failed: 0,
      words: 'The registry cannot be asked now; nothing was audited.',
    };
  }
  const { critical = 0, high = 0, moderate = 0, low = 0 } = counts;
  const words = `${critical} critical, ${high} high, ${moderate} moderate, ${low} low findings`;
  const failed = critical + high > 0 ? 1 : 0;
  return { passed: 1 - failed, failed, words };
}

function countsIn(output) {
  try {
    return JSON.parse(output).metadata?.vulnerabilities;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function askRegistry(root) {
  const options = { cwd: root, timeout: PATIENCE_MS, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout } = await promisify(execFile)('npm', ['audit', '--json', '--omit=dev'], options);
    return stdout;
  } catch (error) {
    // npm ends with a status of its own when there are findings, and prints them all the same.
    return error.stdout ?? '';
  }
}
