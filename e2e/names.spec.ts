import { readFile } from 'node:fs/promises';
import { madeUpFiles } from '../src/data/testing.ts';
import { savedAs } from '../src/export/safetensors/testing.ts';
import { expect, test } from './fixtures.ts';

/** As long as file systems allow, with nowhere to break it, and told from others by its end. */
const long = (what: string) => `${'a'.repeat(200)}-${what}`;

/** What is left of it in a message. */
const cut = (what: string) => new RegExp(`a{5,}…a*-${what}`);

/** The longest name that a run can be given. */
const KEPT = `${'a'.repeat(75)}-kept`;

const LINK = 'data=mnist&layers=16x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

test('names of any length: no message, list or legend makes the page wider than the screen', async ({
  playground,
  page,
}) => {
  const fits = async () => {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await playground.settled();
      // Charts take the new width when they hear of it.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
        .toBeLessThanOrEqual(0);
    }
  };
  const file = (name: string, content: string | Uint8Array) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(content as never),
  });

  // A key of a link.
  await playground.open(`${LINK}&${long('key')}=${long('value')}`);
  await expect(playground.messages).toContainText(cut('key'));
  await fits();

  // A file that is no recording, and one of weights that is none.
  await playground.view('Runs');
  await page.getByLabel('Open a run from a file').setInputFiles(file(long('run.json'), '{}'));
  await expect(page.getByRole('alert').filter({ hasText: 'not a recording' })).toContainText(cut('run.json'));
  await playground.unfold('Weights and export');
  const weights = playground.weightsFile;
  await weights.setInputFiles(file(long('bad.safetensors'), '{}'));
  await expect(playground.messages).toContainText(cut('bad.safetensors'));
  await fits();

  // A file of weights, and its layers.
  const layers = [784, 16, 16, 16, 10].slice(1).flatMap((outputs, at, all) => {
    const inputs = at === 0 ? 784 : all[at - 1];
    const name = long(`layer${at}`);
    return [
      [`${name}.weight`, { shape: [outputs, inputs], values: new Float32Array(outputs * inputs) }],
      [`${name}.bias`, { shape: [outputs], values: new Float32Array(outputs) }],
    ] as const;
  });
  await weights.setInputFiles(file(long('good.safetensors'), savedAs(Object.fromEntries(layers))));
  await expect(page.getByText(/^Training begins with a/)).toHaveText(cut('good.safetensors'));
  await expect(page.getByText(/^Training begins with a/)).toHaveAttribute('title', long('good.safetensors'));
  await expect(page.getByRole('listitem').filter({ hasText: cut('layer1') })).toBeVisible();
  await page.getByRole('button', { name: 'Export to PyTorch' }).click();
  await expect(page.getByText(/It will ask for/)).toContainText(cut('good.safetensors'));
  await fits();

  // A kept run: in the list, in legends and tables, as it is deleted, and sought in vain.
  await playground.closeSettings();
  await playground.train.click();
  await playground.finished();
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await runs.getByRole('textbox').first().fill(KEPT);
  await runs.getByRole('textbox').first().press('Enter');
  await runs.getByRole('checkbox', { name: `Show the curves of ${KEPT}` }).check();
  await playground.view('Curves');
  await playground.chart('Test accuracy');
  const chart = page.getByRole('region', { name: 'Test accuracy', exact: true });
  await expect(chart.getByRole('button', { name: cut('kept') }).first()).toBeVisible();
  const surface = chart.locator('svg.recharts-surface').last();
  await surface.scrollIntoViewIfNeeded();
  await surface.hover({ position: { x: 250, y: 60 } });
  await fits();
  expect((await playground.table('Test accuracy'))[0].join()).toMatch(cut('kept'));
  await fits();

  // The same run as a stranger's recording, in its own words.
  await playground.view('Runs');
  await runs.locator('summary', { hasText: 'More' }).first().click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const recording = JSON.parse(await readFile(await saved.path(), 'utf8')) as object;
  const theirs = {
    ...recording,
    check: undefined,
    machine: long('machine'),
    data: long('data').slice(6),
    weights: long('weights'),
  };
  await page.getByLabel('Open a run from a file').setInputFiles(file('theirs.json', JSON.stringify(theirs)));
  for (const one of ['machine', 'data', 'weights']) await expect(playground.result).toContainText(cut(one));
  await fits();
  await runs.locator('summary', { hasText: 'More' }).last().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(runs.getByText(/^Deleted/)).toContainText(KEPT);
  await fits();

  // Files of data: bad ones, and good ones with something to remark.
  await playground.unfold('Data');
  const drop = page.getByRole('region', { name: 'Data', exact: true }).locator('input[type=file]');
  await drop.setInputFiles([1, 2, 3, 4].map((at) => file(long(`data${at}.gz`), 'no data at all')));
  const data = page.getByRole('region', { name: 'Data', exact: true });
  await expect(data.getByRole('alert')).toContainText(cut('data1.gz'));
  await fits();
  await expect(data.getByText('60,000 to train on')).toBeVisible();
  await drop.setInputFiles(
    [...(await madeUpFiles('emnist-letters'))].map(([name, bytes]) => file(long(name), bytes)),
  );
  await fits();
  await page.getByRole('button', { name: 'Use these' }).click();
  await expect(data.getByText(/120 to train on/)).toBeVisible();
  await fits();
});
