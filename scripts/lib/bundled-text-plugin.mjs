import { build } from 'vite';

const QUERY = '?bundle';

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
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return undefined;
      const found = await this.resolve(source.slice(0, -QUERY.length), importer);
      // Not the name of a script: nothing else shall compile what is text already.
      return found && `\0${found.id}.text`;
    },
    async load(id) {
      if (!id.startsWith('\0') || !id.endsWith('.text')) return undefined;
      const input = id.slice(1, -'.text'.length);
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
      const [entry] = output;
      for (const file of Object.keys(entry.modules)) this.addWatchFile(file);
      return `export const code = ${JSON.stringify(entry.code)};`;
    },
  };
}
