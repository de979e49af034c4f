import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const SOURCE = 'src/client/offline/service-worker.ts';
/** Names that hold their content's hash never mean anything else. */
const HASHED_FOLDER = 'assets/';
const NOT_KEPT = /\.map$|^sw\.js$|(^|\/)\./;

/**
 * Builds the page's service worker with the list of the release that it keeps: every file that the
 * page was built into. Development goes without it.
 */
export function serviceWorker() {
  let root = '';
  let outDir = '';
  return {
    name: 'theta-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = config.build.outDir;
    },
    async closeBundle() {
      const release = await releaseOf(join(root, outDir));
      await build({
        root,
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          THETA_RELEASE: JSON.stringify(release),
          'process.env.NODE_ENV': JSON.stringify('production'),
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2023',
          rolldownOptions: {
            input: join(root, SOURCE),
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      });
    },
  };
}

/** The files of a build as the browser asks for them; the page itself stands at `/`. */
async function releaseOf(folder) {
  const paths = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = paths
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !NOT_KEPT.test(path))
    .sort();
  return Promise.all(
    files.map(async (path) => {
      const content = await readFile(join(folder, path));
      const revision = createHash('sha256').update(content).digest('hex').slice(0, 16);
      const url = path === 'index.html' ? '/' : `/${path}`;
      return { url, revision: path.startsWith(HASHED_FOLDER) ? null : revision };
    }),
  );
}
