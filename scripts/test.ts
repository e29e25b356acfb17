/**
 * `npm test`: everything that must hold, in one go. Says what each step took, goes on after one that failed, and ends
 * with a line that counts them.
 *
 * `npm test -- unit gpu` runs only the steps named, and what they need.
 */
import { spawnSync } from 'node:child_process';
import { chosenSteps, runSteps, summaryOf, type Step } from './test/steps.ts';

const STEPS: readonly Step[] = [
  { name: 'browser', command: 'tsx scripts/ensure-browser.ts', what: 'a Chromium with software WebGPU' },
  { name: 'kernels', command: 'tsx scripts/build-kernels.ts', what: 'CPU kernels' },
  { name: 'types', command: 'tsc --noEmit -p .', what: 'types', needs: ['kernels'] },
  { name: 'lint', command: 'oxlint --type-aware', what: 'lint and import directions' },
  { name: 'format', command: 'prettier --check --log-level warn .', what: 'formatting' },
  { name: 'unit', command: 'vitest run --project unit', what: 'unit tests', needs: ['kernels'] },
  {
    name: 'gpu',
    command: 'tsx scripts/with-software-gpu.ts vitest run --project gpu',
    what: 'WebGPU engine on a software adapter',
    needs: ['browser', 'kernels'],
  },
  { name: 'data', command: 'tsx scripts/data.ts', what: 'data beside the app' },
  {
    name: 'build',
    command: 'vite build --logLevel warn',
    what: 'the static site',
    needs: ['kernels', 'data'],
  },
  { name: 'size', command: 'tsx scripts/check-size.ts', what: 'the first download', needs: ['build'] },
  { name: 'e2e', command: 'playwright test', what: 'journeys in a browser', needs: ['browser', 'build'] },
];

/** A process of its own, so that one that is killed or runs out of memory is a failed step. */
const run = ({ command }: Step): boolean =>
  spawnSync(`npx --no-install ${command}`, { shell: true, stdio: 'inherit' }).status === 0;

try {
  const outcomes = runSteps(chosenSteps(STEPS, process.argv.slice(2)), run, console.log);
  console.log(`\n${summaryOf(outcomes)}`);
  process.exitCode = outcomes.every(({ result }) => result === 'passed') ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
