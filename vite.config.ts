import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { firstDownload } from './scripts/site/first-download.ts';
import { contentPolicy } from './scripts/site/policy.ts';
import { ISOLATING } from './src/app/offline/isolate.ts';

/** Everything the page needs without a network. TensorFlow.js (1 MB) and data join when they are first used. */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/app/offline',
  filename: 'sw.ts',
  registerType: 'prompt',
  injectRegister: null,
  manifest: {
    name: 'Piecewise',
    short_name: 'Piecewise',
    description: 'Train a network in pieces, in your browser.',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#f6f7f9',
    theme_color: '#2f4bd6',
    icons: [
      { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: './icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: './favicon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  },
  injectManifest: {
    rollupFormat: 'iife',
    globPatterns: ['**/*.{js,css,html,svg,py}', 'icon-*.png', 'first-run.json'],
    globIgnores: ['data/**', '**/tfjs-*.js', '**/preview.png'],
  },
});

/** Link previews want whole addresses: `SITE_URL=https://example.org/piecewise/ npm run build`. */
const site: Plugin = {
  name: 'site-address',
  transformIndexHtml: (html) => html.replaceAll('%SITE%', process.env['SITE_URL'] ?? './'),
};

export default defineConfig({
  // Relative addresses: the built folder works from any static host and any sub-path.
  base: './',
  plugins: [react(), offline, site, contentPolicy()],
  server: { headers: ISOLATING },
  preview: { headers: ISOLATING },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstDownload, debugName: 'first' }] } } },
  },
});
