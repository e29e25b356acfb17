/** Packs `gpu.ts` into one file that needs only Node and the package `webgpu` beside it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));
await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['webgpu'], target: 'node' },
  build: {
    ssr: path.join(here, 'gpu.ts'),
    outDir: path.resolve(here, '../../build'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'gpu.mjs', codeSplitting: false } },
  },
});
console.log('Written: build/gpu.mjs. Carry it to the machine, run `npm install webgpu` and `node gpu.mjs`.');
