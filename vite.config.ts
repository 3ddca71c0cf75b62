/**
 * Builds our screens into `dist/renderer`. Nothing is inlined: the screens run under a CSP that allows only files of
 * our own.
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: false,
  plugins: [svelte({ configFile: '../svelte.config.js' })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // Both shells ship a Chromium of this age or newer.
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Read and removed by `main/npm-scripts/build.ts`, which writes one file for the whole kiosk.
    license: { fileName: 'licences.json' },
  },
});
