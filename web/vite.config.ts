// Builds the window. The Utrecht stylesheet and the theme are pruned to what the source uses (400 kB → some tens).
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pruneCss } from './prune-css.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [pruneCss(`${root}src`), react()],
  build: {
    outDir: `${root}dist`,
    emptyOutDir: true,
    target: 'es2023',
    // A strict content security policy refuses data: fonts, and the figures of `npm run bench` count files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Pruning a stylesheet of 400 kB takes its time; that is no news.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
});
