/**
 * Runs a command with a Python that has PyTorch named in its environment.
 *
 *   tsx scripts/pytorch/with-pytorch.ts vitest run --project pytorch
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pythonWithTorch } from './environment.ts';

try {
  const [command, ...args] = process.argv.slice(2);
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PIECEWISE_PYTHON: resolve(pythonWithTorch()) },
  });
  process.exit(status ?? 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
