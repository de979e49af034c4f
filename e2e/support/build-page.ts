import { fileURLToPath } from 'node:url';
import { buildPageIfStale } from '../../scripts/lib/page-build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The tests see the page that is built: it must be that of the sources. */
export default async function buildPage(): Promise<void> {
  await buildPageIfStale(ROOT);
}
