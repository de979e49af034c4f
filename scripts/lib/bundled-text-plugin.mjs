import { build } from 'vite';

const QUERY = '?bundle';
/** Vite's sign of a module that is no file. */
const MARK = '\0';
const ENDING = '.text';

/**
 * Gives a module that is imported with `?bundle` as the text of one script, with all that it imports: for
 * realms that load nothing themselves.
 */
export function bundledText() {
  let root = '';
  return {
    name: 'theta-bundled-text',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId: {
      filter: { id: /\?bundle$/ },
      async handler(source, importer) {
        const found = await this.resolve(source.slice(0, -QUERY.length), importer);
        // Not the name of a script: nothing else shall compile what is text already.
        return found && `${MARK}${found.id}${ENDING}`;
      },
    },
    load: {
      filter: { id: /^\0.*\.text$/ },
      async handler(id) {
        const input = id.slice(MARK.length, -ENDING.length);
        const entry = await bundle(root, input);
        for (const file of Object.keys(entry.modules)) this.addWatchFile(file);
        return `export const code = ${JSON.stringify(entry.code)};`;
      },
    },
  };
}

/** One script that runs by itself. */
async function bundle(root, input) {
  const { output } = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { input, output: { format: 'iife' } },
    },
  });
  return output[0];
}
