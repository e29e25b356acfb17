/**
 * Runs a command with a Vulkan driver for Dawn named in its environment (it must be named before the process starts):
 * the software driver that comes with Chromium, or with PIECEWISE_ADAPTER=hardware the system's own.
 *
 *   tsx scripts/with-software-gpu.ts vitest run --project gpu
 */
import { spawnSync } from 'node:child_process';
import { dawnEnvironment } from './bench/node/dawn.ts';

const hardware = process.env.PIECEWISE_ADAPTER === 'hardware';
const environment = dawnEnvironment(hardware);
if (
  !hardware &&
  process.platform === 'linux' &&
  !process.env.VK_ICD_FILENAMES &&
  !environment.VK_ICD_FILENAMES
) {
  console.error(
    'No software Vulkan driver was found. It comes with Chromium: `apt-get install chromium`. ' +
      'To use a graphics card instead, set PIECEWISE_ADAPTER=hardware.',
  );
  process.exit(1);
}
const [command, ...args] = process.argv.slice(2);
const { status, error } = spawnSync('npx', ['--no-install', command, ...args], {
  stdio: 'inherit',
  env: { ...process.env, ...environment },
});
if (error) console.error(`Could not start ${command}: ${error.message}`);
process.exit(status ?? 1);
