/** Tests that are asked about each mutant. Those of `walk` try the same again with drawn orders, for minutes. */
import { defineConfig } from 'vitest/config';
import { PATIENCE_MS } from '../patience.ts';

export default defineConfig({
  test: {
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    globalSetup: 'scripts/vitest-setup.ts',
    include: ['src/{analysis,devices,experiment,labels,network,session,strategies}/**/*.test.ts'],
    exclude: ['**/*.gpu.test.ts', 'src/session/walk/**', 'node_modules/**'],
  },
});
