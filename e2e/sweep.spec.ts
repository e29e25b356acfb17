import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

const QUICK =
  'data=mnist&layers=24x2&cuts=1&batch=256&turn=60&test=500&epochs=1&engine=cpu&strategies=conventional,sil';

test('a sweep fills its picture, is paused, outlives a reload, and opens by its link', async ({
  playground,
  context,
}) => {
  const { page } = playground;
  await playground.open(`${QUICK}&view=runs`);
  const sweep = page.getByRole('region', { name: 'Sweep', exact: true });
  // Two presses from the page's beginning: the view, and this.
  await sweep.getByRole('button', { name: 'Accuracy against the cut' }).click();
  await expect(sweep.getByLabel('Values of Cuts')).toHaveValue('1; 2');
  // As typed: for a moment the field is empty.
  for (const key of ['ControlOrMeta+a', 'Backspace', '2'])
    await sweep.getByRole('spinbutton', { name: 'Seeds' }).press(key);
  await expect(sweep.getByText(/^4 runs, about|^4 runs\. /)).toBeVisible();
  await expect.poll(() => playground.fragment()).toContain('sweep=cuts:1~2~seeds:2');

  await sweep.getByRole('button', { name: 'Start the sweep' }).click();
  // What was pressed has gone, and the focus with it to what stands there now.
  await expect(sweep.getByRole('button', { name: 'Pause the sweep' })).toBeFocused();
  await expect(sweep.getByText('Run 2 of 4')).toBeVisible();
  await sweep.getByRole('button', { name: 'Pause the sweep' }).click();
  await expect(sweep.getByText(/Run \d of 4, paused/)).toBeVisible();
  const picture = page.getByRole('region', { name: 'Test accuracy over cuts', exact: true });
  await expect(picture.locator('.recharts-line-dot').first()).toBeVisible();

  // What was finished is there after a reload, and a press goes on. It never trains beside the page's own training: one
  // waits for the other, and says so.
  await page.reload();
  await expect(sweep.getByText(/^[123] of 4 runs are there\./)).toBeVisible();
  await sweep.getByRole('button', { name: 'Go on', exact: true }).click();
  await playground.train.click();
  await expect(page.getByText(/^The sweep waits while this trains/)).toBeVisible();
  await expect(sweep.getByText(/waits until training is over/)).toBeVisible();
  await playground.finished();
  await expect(sweep.getByText('All 4 runs are there.')).toBeVisible();

  const rows = await playground.table('Test accuracy over cuts', 'Runs');
  expect(rows[0]).toEqual([
    'Cuts',
    ...['Conventional', 'SIL'].flatMap((name) =>
      ['mean', 'lowest', 'highest', 'seeds'].map((what) => `${name}, ${what}`),
    ),
  ]);
  expect(rows.slice(1).map(([cut, ...cells]) => [cut, cells[3], cells[7]])).toEqual([
    ['1', '2', '2'],
    ['2', '2', '2'],
  ]);
  await picture.getByRole('button', { name: 'Chart', exact: true }).click();
  await picture.getByLabel('Log y').check();
  await picture.getByLabel('Shows').selectOption('Test error');
  await expect(page.getByRole('region', { name: 'Test error over cuts', exact: true })).toBeVisible();

  await sweep.locator('summary[aria-label="Save the sweep"]').click();
  const download = page.waitForEvent('download');
  await sweep.getByRole('button', { name: 'CSV', exact: true }).first().click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines[0]).toMatch(/^cuts,strategy,seed,final accuracy,/);
  // Two cuts, two strategies, two seeds.
  expect(lines).toHaveLength(1 + 2 * 2 * 2);
  await sweep.getByText('Run in a terminal').click();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).include('#view').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await expect(sweep.locator('code')).toHaveText(
    /^npm run lab -- '#data=mnist.*' --sweep 'cuts=1;2' --seeds 2 --out/,
  );

  // Whoever opens the link finds it asked for; here its runs are there.
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByText('All 4 runs are there.')).toBeVisible();
  await other.evaluate(() => (location.hash = location.hash.replace('cuts:1~2', 'cuts:1~9')));
  await expect(other.getByRole('alert')).toHaveText(/^This cannot be swept: cuts: found “9”, expected/);
});
