import { defineConfig } from 'vitest/config';
import { PATIENCE_MS } from './scripts/patience.ts';

const common = {
  globalSetup: 'scripts/vitest-setup.ts',
  testTimeout: PATIENCE_MS,
  hookTimeout: PATIENCE_MS,
};

export default defineConfig({
  test: {
    teardownTimeout: PATIENCE_MS,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.gpu.test.ts', '**/*.pytorch.test.ts', 'node_modules/**'],
        },
      },
      {
        // Run through `scripts/with-software-gpu.ts`: Dawn wants its driver named before the process starts.
        test: {
          ...common,
          name: 'gpu',
          include: ['src/**/*.gpu.test.ts'],
          pool: 'forks',
          fileParallelism: false,
        },
      },
      {
        // Run through `scripts/pytorch/with-pytorch.ts`. One file after the other: each starts several processes.
        test: {
          ...common,
          name: 'pytorch',
          include: ['scripts/pytorch/*.pytorch.test.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
