/**
 * `npm test`: everything that must hold, in one go. Stops at the first failure, says what each step took, and ends
 * with a line that counts them.
 *
 * `npm test -- unit gpu` runs only the steps named.
 */
import { spawnSync } from 'node:child_process';

interface Step {
  readonly name: string;
  readonly command: string;
  readonly what: string;
}

const STEPS: readonly Step[] = [
  { name: 'browser', command: 'tsx scripts/ensure-browser.ts', what: 'a Chromium with software WebGPU' },
  { name: 'kernels', command: 'tsx scripts/build-kernels.ts', what: 'CPU kernels' },
  { name: 'types', command: 'tsc --noEmit -p .', what: 'types' },
  { name: 'lint', command: 'oxlint --type-aware', what: 'lint and import directions' },
  { name: 'format', command: 'prettier --check --log-level warn .', what: 'formatting' },
  { name: 'unit', command: 'vitest run --project unit', what: 'unit tests' },
  {
    name: 'gpu',
    command: 'tsx scripts/with-software-gpu.ts vitest run --project gpu',
    what: 'WebGPU engine on a software adapter',
  },
  { name: 'data', command: 'tsx scripts/data.ts', what: 'data beside the app' },
  { name: 'build', command: 'vite build --logLevel warn', what: 'the static site' },
  { name: 'size', command: 'tsx scripts/check-size.ts', what: 'the first download' },
  { name: 'e2e', command: 'playwright test', what: 'journeys in a browser' },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `No step is named ${unknown.join(', ')}. There are: ${STEPS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let passed = 0;
for (const { name, command, what } of steps) {
  console.log(`\n▸ ${name}: ${what}`);
  const start = Date.now();
  const { status } = spawnSync(`npx --no-install ${command}`, { shell: true, stdio: 'inherit' });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (status !== 0) {
    console.error(`\n✗ ${name} failed after ${seconds} s. Run it alone: npm test -- ${name}`);
    console.log(`${passed} passed, 1 failed`);
    process.exit(1);
  }
  passed++;
  console.log(`✓ ${name}, ${seconds} s`);
}
console.log(`\n${passed} passed, 0 failed`);
