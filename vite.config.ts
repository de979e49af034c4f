import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: true,
    // Assets stay files of this origin: the page's policy has no `data:` for scripts and fonts.
    assetsInlineLimit: 0,
    // The lazily loaded renderer alone is larger than the default.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // The in-headset panels look their classes up by name.
        keepNames: true,
      },
    },
  },
});
