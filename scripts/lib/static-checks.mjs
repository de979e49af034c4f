import { runBin, runNode } from './child.mjs';
import { checkStep } from './steps.mjs';

/** What can be said of the sources without running them. */
export function staticChecks(root) {
  return [
    checkStep('Generated files are current', () =>
      runNode(root, ['scripts/generate.mjs', '--check']),
    ),
    checkStep('Biome', () => runBin(root, '@biomejs/biome', 'biome', ['ci', '.'])),
    checkStep('TypeScript', () => runBin(root, 'typescript', 'tsc', ['--noEmit'])),
  ];
}
