/** The built page with its data, for commands that look at it: as it stands in the source now, and not as it was once built. */
import { spawnSync } from 'node:child_process';
import { AT_HAND } from '../src/experiment/datasets.ts';
import { DATA_FOLDER } from '../src/lab/options.ts';
import { ensuredBrowser } from './browser-path.ts';
import { ensureData } from './data/ensure.ts';
import { ensureKernels } from './kernels.ts';

/**
 * Builds `dist/`.
 *
 * @returns Where the browser is that shows it.
 * @throws Error with a sentence, where no browser can be had or the page cannot be built.
 */
export async function builtSite(): Promise<string> {
  const browser = ensuredBrowser();
  if (!browser) throw new Error('No Chromium was found. Install one, or name it in PIECEWISE_CHROMIUM.');
  const say = (line: string) => process.stderr.write(`${line}\n`);
  await ensureKernels(say);
  await ensureData([AT_HAND], DATA_FOLDER, say);
  say('Building the page …');
  const { status } = spawnSync('npx --no-install vite build --logLevel warn', {
    shell: true,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The page could not be built: what is wrong stands above.');
  return browser;
}
