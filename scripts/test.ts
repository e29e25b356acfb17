/**
 * `npm test`: everything that must hold, in one go. Says what each step took, goes on after one that failed, and ends
 * with a line that counts them.
 *
 * `npm test -- unit gpu` runs only the steps named, and what they need.
 */
import { spawn } from 'node:child_process';
import { chosenSteps, runSteps, summaryOf, type Ran, type Step } from './test/steps.ts';

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

/** How many characters of a step's output are kept, to be said again where it failed. */
const KEPT = 6000;

/** A process of its own, so that one that is killed or runs out of memory is a failed step. */
const run = ({ command }: Step): Promise<Ran> =>
  new Promise((resolve) => {
    // Through a pipe tools print no colours by themselves.
    const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
    const child = spawn(`npx --no-install ${command}`, {
      shell: true,
      stdio: ['inherit', 'pipe', 'pipe'],
      env,
    });
    let last = '';
    const pass = (from: NodeJS.ReadableStream, to: NodeJS.WritableStream) => {
      from.setEncoding('utf8').on('data', (text: string) => {
        to.write(text);
        last = (last + text).slice(-KEPT);
      });
    };
    pass(child.stdout, process.stdout);
    pass(child.stderr, process.stderr);
    child.on('close', (code) => {
      resolve({ passed: code === 0, last: last.trim() });
    });
  });

try {
  const outcomes = await runSteps(chosenSteps(STEPS, process.argv.slice(2)), run, console.log);
  console.log(`\n${summaryOf(outcomes)}`);
  process.exitCode = outcomes.every(({ result }) => result === 'passed') ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
