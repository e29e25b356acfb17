import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

// The CPU engine: these journeys are about what is shown, not about where it is trained.
const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

test('a run in a link plays back where nothing can train, and continues from its settings', async ({
  playground,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.open(QUICK);
  await playground.train.click();
  await playground.finished();
  const curve = await playground.table('Test accuracy');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Copy link to this run' }).click();
  await expect(page.getByText('It plays this run back anywhere.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.split('run=')[1].length).toBeLessThanOrEqual(6000);

  // A phone without WebGPU, and without workers that could train.
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await phone.addInitScript(() => {
    Object.defineProperty(navigator, 'gpu', { value: undefined });
  });
  const other = await phone.newPage();
  await other.goto(link);
  const { Playground } = await import('./pages/playground.ts');
  const replay = new Playground(other);
  await expect(other.getByText(/A recording, trained on WebAssembly/)).toBeVisible();
  const again = await replay.table('Test accuracy');
  expect(again[0]).toEqual(curve[0]);
  expect(again.at(-1)).toEqual(curve.at(-1));
  await replay.chart('Traffic between devices');
  await other.getByRole('table', { name: 'Traffic between devices' }).scrollIntoViewIfNeeded();
  await expect(other.getByRole('table', { name: 'Traffic between devices' })).toContainText(
    '0 B, 0 messages',
  );
  await replay.view('Devices');
  await expect(other.getByRole('heading', { name: 'Device lanes' })).toBeVisible();

  await replay.train.click();
  await expect(other.getByText(/A recording, trained on/)).toHaveCount(0);
  await replay.finished();
  expect(await replay.table('Test accuracy')).toEqual(curve);
  expect(replay.fragment()).not.toContain('run=');
  await phone.close();
});

test('a frame shows the parts it is asked for, and its name leads to the whole', async ({ playground }) => {
  const { page } = playground;
  await page.goto(`./#${QUICK}&view=embed:network,controls`);
  await expect(page.getByRole('heading', { name: 'Network' })).toBeVisible();
  await expect(playground.train).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Curves' })).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Settings' })).toHaveCount(0);
  const whole = page.getByRole('link', { name: /Piecewise/ });
  expect(await whole.getAttribute('href')).not.toContain('view=');
  await page.setViewportSize({ width: 320, height: 480 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a run as a file opens again; another file is refused with a sentence', async ({ playground }, info) => {
  const { page } = playground;
  await playground.open(QUICK);
  await playground.train.click();
  await playground.finished();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save run as a file' }).click();
  const file = info.outputPath('run.json');
  await (await download).saveAs(file);
  await page.keyboard.press('Escape');
  await playground.reset.click();
  await playground.view('Runs');
  const open = page.getByLabel('Open a run from a file');
  await open.setInputFiles(file);
  await expect(page.getByText(/A recording, trained on/)).toBeVisible();
  await playground.settled();
  await open.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(page.getByText(/x\.json is not a recording of this version/)).toBeVisible();
});

test('all kept runs as a file open as kept runs, once, and one that was changed is named', async ({
  playground,
}, info) => {
  const { page } = playground;
  await playground.open(`${QUICK}&seed=5`);
  await playground.train.click();
  await playground.finished();
  await playground.view('Runs');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  const names = runs.getByRole('textbox');
  await expect(names).toHaveCount(1);
  await runs.getByText('Save all', { exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON', exact: true }).and(runs.getByRole('button')).click();
  const file = info.outputPath('piecewise-runs.json');
  await (await download).saveAs(file);

  await runs.getByText('More').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(names).toHaveCount(0);
  const open = page.getByLabel('Open a run from a file');
  await open.setInputFiles(file);
  await expect(runs.getByText('piecewise-runs.json: 1 run is kept now.')).toBeVisible();
  await expect(names).toHaveValue(/seed 5/);
  await expect(runs.getByRole('rowheader', { name: 'SIL' })).toHaveCount(1);
  // It is here again already.
  await runs.getByRole('button', { name: 'Undo' }).click();
  await open.setInputFiles(file);
  await expect(runs.getByText('piecewise-runs.json: 1 was here already.')).toBeVisible();
  await expect(names).toHaveCount(1);

  const changed = (await readFile(file, 'utf8')).replace('seed 5', 'seed 6');
  await open.setInputFiles({
    name: 'changed.json',
    mimeType: 'application/json',
    buffer: Buffer.from(changed),
  });
  await expect(runs.getByRole('alert')).toHaveText(/^Run 1 of changed\.json was changed after it was saved/);
});
