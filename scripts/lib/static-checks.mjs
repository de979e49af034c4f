import { runBin, runNode } from './child.mjs';
import { checkStep } from './steps.mjs';

/** `biome ci` colours what it writes to a file, too. */
const COLORS = process.stdout.isTTY ? [] : ['--colors=off'];

/** What can be said of the sources without running them. */
export function staticChecks(root) {
  return [
    checkStep('Generated files are current', () =>
      runNode(root, ['scripts/generate.mjs', '--check']),
    ),
    checkStep('Biome', () => runBin(root, '@biomejs/biome', 'biome', ['ci', ...COLORS, '.'])),
    checkStep('TypeScript', () => runBin(root, 'typescript', 'tsc', ['--noEmit'])),
  ];
}
