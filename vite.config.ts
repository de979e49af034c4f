import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';
import { bundledText } from './scripts/lib/bundled-text-plugin.mjs';
import { serviceWorker } from './scripts/lib/service-worker-plugin.mjs';

/** Has browsers fetch a lazy part, and what it imports, while the page that will want it starts. */
function preload(module: string): Plugin {
  const link = (file: string): HtmlTagDescriptor => ({
    tag: 'link',
    attrs: { rel: 'modulepreload', crossorigin: '', href: `/${file}` },
    injectTo: 'head',
  });
  return {
    name: 'theta:preload',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        // A server of development has no bundle.
        if (bundle === undefined) return [];
        const part = Object.values(bundle).find(
          (each) => each.type === 'chunk' && each.facadeModuleId?.endsWith(module),
        );
        if (part?.type !== 'chunk') throw new Error(`There is no lazy part ${module} to preload.`);
        return [part.fileName, ...part.imports].map((file) => link(file));
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), bundledText(), serviceWorker(), preload('/src/client/open-session.tsx')],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: true,
    // Assets stay files of this origin: the page's policy has no `data:` for scripts and fonts.
    assetsInlineLimit: 0,
    // The lazily loaded renderer alone is larger than the default.
    chunkSizeWarningLimit: 900,
  },
});
