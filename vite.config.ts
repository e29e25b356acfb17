import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { firstDownload } from './scripts/site/first-download.ts';
import { contentPolicy } from './scripts/site/policy.ts';

/** Everything the page needs without a network. TensorFlow.js (1 MB) and data join when they are first used. */
const offline = VitePWA({
  // A page with a run in it is never replaced unasked.
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
  workbox: {
    globPatterns: ['**/*.{js,css,html,svg,py}', 'icon-*.png', 'first-run.json'],
    globIgnores: ['data/**', '**/tfjs-*.js', '**/preview.png'],
    navigateFallback: 'index.html',
    cleanupOutdatedCaches: true,
    runtimeCaching: [
      {
        // The newest while there is a network, what was there last without one.
        urlPattern: ({ sameOrigin, url }) =>
          sameOrigin && (url.pathname.includes('/data/') || url.pathname.includes('/assets/')),
        handler: 'NetworkFirst',
        options: { cacheName: 'piecewise-fetched' },
      },
    ],
  },
});

/** Link previews want whole addresses: `SITE_URL=https://example.org/piecewise/ npm run build`. */
const site: Plugin = {
  name: 'site-address',
  transformIndexHtml: (html) => html.replaceAll('%SITE%', process.env['SITE_URL'] ?? './'),
};

/** Lets the page share memory between threads from its first visit on (`src/engines/cpu/helpers.ts`). */
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: the built folder works from any static host and any sub-path.
  base: './',
  plugins: [react(), offline, site, contentPolicy()],
  server: { headers: isolated },
  preview: { headers: isolated },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstDownload, debugName: 'first' }] } } },
  },
});
