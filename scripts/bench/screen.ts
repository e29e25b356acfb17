/**
 * `npm run bench -- screen`: how much of the page is one screen. The journey that watches over it is run, and what it
 * found at each size is put into a table.
 *
 * The page is built first, as it stands in the source now. `--write` puts the table into docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SIZES, type OneScreen } from '../../e2e/support/measures.ts';
import { builtSite } from '../built-site.ts';
import { machine } from './machine.ts';
import { writeSection } from './sections.ts';

const JOURNEY = 'npx --no-install playwright test e2e/one-screen.spec.ts --project=desktop --workers=1';

/** @throws Error where the journey fails: numbers beyond its limits are mended, not written down. */
export async function benchScreen(write: boolean): Promise<void> {
  await builtSite();
  if (spawnSync(JOURNEY, { shell: true, stdio: 'inherit' }).status !== 0)
    throw new Error('The journey failed: what it says above is beyond its limits.');
  const table = screenTable(
    SIZES.map(({ width, height }) => ({
      size: `${width} × ${height}`,
      ...(JSON.parse(readFileSync(`artifacts/one-screen-${width}x${height}.json`, 'utf8')) as OneScreen),
    })),
  );
  console.log(table);
  if (write) await writeSection('one-screen', table);
}

function screenTable(found: readonly (OneScreen & { readonly size: string })[]): string {
  const { processor, cores } = machine(null, null);
  const row = (what: string, asked: string, value: (one: OneScreen) => string | number) =>
    `| ${[what, asked, ...found.map(value)].join(' | ')} |`;
  return [
    '## One screen',
    '',
    `What a visitor meets before pressing anything, and what moves while three strategies train, on ${processor}, ${cores} cores, on ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- screen --write\`.`,
    'Words are parted by white space, numbers and units too, signs not. Letters and targets were looked at in every view.',
    '',
    `| what | aim | ${found.map(({ size }) => size).join(' | ')} |`,
    `|---|---:|${'---:|'.repeat(found.length)}`,
    row('controls', '≤ 40', ({ controls }) => controls),
    row('words', '≤ 220', ({ words }) => words),
    row('height of the page, screens', '≤ 1.3; phone 3', ({ screens }) => screens.toFixed(2)),
    row('texts below 14 px (ticks, keys: 13)', '0', ({ small }) => small.length),
    row('targets below 44 px, phone', '0', ({ narrow }) => narrow.length),
    row('layout shift while training', '0', ({ shift }) => shift),
    row(
      'from ▶ to the first curve that moves, CPU engine',
      '≤ 1 s',
      ({ curveMs }) => `${(curveMs / 1000).toFixed(1)} s`,
    ),
  ].join('\n');
}
