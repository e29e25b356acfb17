import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

test('runs are kept, drawn over each other, renamed, deleted, brought back, and there after a reload', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open(`${QUICK}&seed=3`);
  await playground.train.click();
  await playground.finished();
  await playground.view('Runs');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  const name = runs.getByRole('textbox').first();
  await expect(name).toHaveValue(/seed 3/);
  await name.fill('Third seed');
  await name.press('Enter');
  await expect(runs.getByRole('textbox', { name: 'Name of Third seed' })).toBeVisible();

  await playground.slider('Cut 1 of 1').focus();
  await page.keyboard.press('ArrowLeft');
  await runs.getByRole('checkbox', { name: 'Show the curves of Third seed' }).check();
  const [head] = await playground.table('Test accuracy');
  expect(head).toContain('SIL (Third seed)');

  await playground.view('Runs');
  await runs.getByText('More').click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(runs.getByText('Deleted: Third seed.')).toBeVisible();
  await runs.getByRole('button', { name: 'Undo' }).click();
  await runs.getByRole('checkbox', { name: 'Keep Third seed for good' }).check();
  await runs.getByText('More').click();
  await page.getByRole('button', { name: 'Use its settings' }).click();
  await expect.poll(() => playground.fragment()).toContain('cuts=2');

  // Another run, put aside after a turn; then there is something to filter.
  await playground.step.click();
  await expect(runs.getByText('The run at hand')).toBeVisible();
  await expect(playground.train).toBeVisible();
  await playground.reset.click();
  await expect(runs.getByRole('textbox')).toHaveCount(2);
  const filter = runs.getByRole('searchbox', { name: 'Filter by name' });
  await filter.fill('THIRD');
  await expect(runs.getByRole('textbox')).toHaveCount(1);
  await filter.fill('no such run');
  await expect(runs.getByText('No run’s name has “no such run” in it.')).toBeVisible();
  await filter.fill('');
  await expect(runs.getByRole('textbox')).toHaveCount(2);

  await page.reload();
  await expect(runs.getByRole('textbox', { name: 'Name of Third seed' })).toBeVisible();
  await expect(runs.getByRole('checkbox', { name: 'Keep Third seed for good' })).toBeChecked();
  await expect(runs.getByRole('rowheader', { name: 'SIL' })).toHaveCount(2);
  // What was trained last is a press away, wherever one looks.
  await page.getByRole('button', { name: 'Show your last run' }).click();
  await expect(playground.result).toContainText('Recording');
  await expect(page.getByRole('button', { name: 'Show your last run' })).toHaveCount(0);
});

test('curves: hidden lines, log axes, smoothing, zoom, and pictures', async ({ playground }) => {
  const { page } = playground;
  await playground.open(QUICK);
  await playground.train.click();
  await playground.finished();
  await playground.chart('Test accuracy');
  const chart = page.getByRole('region', { name: 'Test accuracy', exact: true });
  const line = chart.getByRole('button', { name: 'SIL', exact: true });
  const drawn = chart.locator('path.recharts-line-curve');
  await expect(drawn).toHaveCount(2);
  await line.click();
  await expect(line).toHaveAttribute('aria-pressed', 'false');
  await expect(drawn).toHaveCount(1);
  await line.click();
  await page.getByLabel('Log y').check();
  await expect(drawn).toHaveCount(2);
  await page.getByLabel('Log y').uncheck();
  await page.getByLabel('Smoothing').fill('0.6');
  // Each line, and behind it the line as it is.
  await expect(drawn).toHaveCount(4);
  // Who opens the link sees the same.
  await expect.poll(() => playground.fragment()).toContain('chart=of.accuracy~smooth.0.6');
  await page.reload();
  await expect(page.getByLabel('Smoothing')).toHaveValue('0.6');
  await page.getByLabel('Smoothing').fill('0');
  await expect.poll(() => playground.fragment()).not.toContain('smooth');
  // Also a link that is pasted into the open page.
  await page.evaluate(
    () => (location.hash = location.hash.replace('chart=of.accuracy', 'chart=of.accuracy~x.seconds')),
  );
  await expect(page.getByLabel('x axis')).toHaveValue('seconds');
  await page.getByLabel('x axis').selectOption('epochs');
  await playground.train.click();
  await playground.finished();

  await playground.slider('Zoom from').focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageUp');
  const first = chart.locator('.recharts-xAxis-tick-labels text, .recharts-xAxis text').first();
  await expect(first).not.toHaveText('0');
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(first).toHaveText('0');

  // The same on the chart itself: dragged across, and a double click shows all again.
  const canvas = chart.locator('svg.recharts-surface').last();
  await canvas.scrollIntoViewIfNeeded();
  const place = (await canvas.boundingBox())!;
  const middle = place.y + 0.4 * place.height;
  await page.mouse.move(place.x + 0.5 * place.width, middle);
  await page.mouse.down();
  await page.mouse.move(place.x + 0.8 * place.width, middle, { steps: 4 });
  await page.mouse.up();
  await expect(first).not.toHaveText('0');
  await page.mouse.dblclick(place.x + 0.6 * place.width, middle);
  await expect(first).toHaveText('0');

  // And read by keyboard, point by point.
  await chart.getByRole('slider', { name: 'Read Test accuracy at' }).focus();
  await page.keyboard.press('Home');
  const reader = chart.getByRole('slider', { name: 'Read Test accuracy at' });
  await expect(reader).toHaveAttribute('aria-valuetext', /^0 epochs: Conventional [\d.]+%; SIL [\d.]+%\.$/);
  await page.keyboard.press('ArrowRight');
  await expect(reader).toHaveAttribute('aria-valuetext', /^0\.\d+ epochs: /);
  await page.keyboard.press('Tab');

  for (const [kind, start] of [
    ['SVG', '<svg'],
    ['PNG', '\u0089PNG'],
    ['CSV', 'epochs,Conventional (share of 1),SIL (share of 1)\r\n'],
    ['JSON', '{"head"'],
  ]) {
    await chart.getByText('Save', { exact: true }).click();
    const download = page.waitForEvent('download');
    await chart.getByRole('button', { name: kind, exact: true }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('latin1');
    expect(text.startsWith(start), `${kind}: ${text.slice(0, 40)}`).toBe(true);
    expect(text).not.toContain('var(--');
    // Rows of files are numbers for programs, not what people read.
    const rows = kind === 'CSV' ? text.trim().split('\r\n').slice(1) : [];
    for (const cell of rows.join().split(',')) expect(cell).toMatch(/^$|^\d[\d.e-]*$/);
    if (kind === 'JSON')
      for (const cell of (JSON.parse(text) as { rows: unknown[][] }).rows.flat())
        expect(cell === null || typeof cell === 'number', text).toBe(true);
  }

  // All charts at once, drawn or not.
  for (const [kind, name, start] of [
    ['PNG', 'piecewise-charts-png.zip', 'PK'],
    ['JSON', 'piecewise-charts.json', '{"Test accuracy":{"head"'],
  ]) {
    await page.locator('summary', { hasText: 'Save all' }).first().click();
    const download = page.waitForEvent('download');
    await page.locator('#view').getByRole('button', { name: kind, exact: true }).first().click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(name);
    const bytes = await readFile(await file.path(), 'latin1');
    expect(bytes.startsWith(start), bytes.slice(0, 40)).toBe(true);
    for (const chart of ['loss', 'throughput', 'memory-over-time'])
      if (kind === 'PNG') expect(bytes).toContain(`piecewise-${chart}.png`);
  }

  // A picture that cannot be made says so, and what to do instead.
  await page.evaluate(() => {
    OffscreenCanvas.prototype.convertToBlob = async () => Promise.reject(new Error('No memory is left.'));
  });
  await chart.locator('summary', { hasText: 'Save' }).click();
  await chart.getByRole('button', { name: 'PNG' }).click();
  await expect(chart.getByRole('alert')).toHaveText(
    /^The picture could not be made: No memory is left\. .*CSV/,
  );

  // Together with what is held: one place on the axis for both, and the bars are of that place.
  await page.getByRole('button', { name: 'Back to all' }).click();
  const standing = page.getByRole('table', { name: 'Memory and bytes sent, by strategy' });
  await expect(standing.getByRole('columnheader', { name: 'Memory, fullest device' })).toBeVisible();
  await page.getByRole('slider', { name: 'Read Test accuracy at' }).focus();
  await page.keyboard.press('Home');
  await expect(standing.getByRole('columnheader', { name: 'Memory at 0 epochs' })).toBeVisible();
  await expect(standing.getByRole('row', { name: /^SIL/ })).toContainText('0 B');
});

/** A draft of the run in hand lies in the browser's database. */
async function draftSaved(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const request = indexedDB.open('piecewise-runs');
        const database = await new Promise<IDBDatabase>((done) => {
          request.addEventListener('success', () => done(request.result));
        });
        const all = database.transaction('runs').objectStore('runs').getAllKeys();
        const keys = await new Promise<IDBValidKey[]>((done) => {
          all.addEventListener('success', () => done(all.result));
        });
        database.close();
        return keys.some((key) => String(key).startsWith('draft:'));
      }),
    )
    .toBe(true);
}

test('a run outlives a closed page, and asks before it is left', async ({ playground }) => {
  const { page } = playground;
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await playground.open(`${QUICK}&seed=5`);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  const rows = await playground.table('Test accuracy');
  // Saved now and then: wait until it has been.
  await draftSaved(page);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(page.getByText(/A run was interrupted: mnist.*seed 5/)).toBeVisible();
  await page.getByRole('button', { name: 'View as a recording' }).click();
  await expect(page.getByText(/A recording, trained on/)).toBeVisible();
  expect(await playground.table('Test accuracy')).toEqual(rows);
  await playground.view('Runs');
  await expect(page.getByRole('textbox', { name: /seed 5.*interrupted/ })).toBeVisible();
  // What has ended, or is only a recording, is left without a question.
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await expect(page.getByText(/A run was interrupted/)).toHaveCount(0);
});

test('what a closed tab leaves is taken over by one tab', async ({ playground, context }) => {
  const { page } = playground;
  page.on('dialog', (dialog) => void dialog.accept());
  await playground.open(`${QUICK}&seed=6`);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  await draftSaved(page);
  const tabs = [await context.newPage(), await context.newPage()];
  await page.close({ runBeforeUnload: false });
  // A closed tab is gone a moment later; that one is waited for which closes as another opens: `draft.test.ts`.
  const aside = await context.newPage();
  await aside.goto('./favicon.svg');
  await expect
    .poll(() =>
      aside.evaluate(
        async () =>
          (await navigator.locks.query()).held!.filter(({ name }) => name!.startsWith('piecewise-tab:'))
            .length,
      ),
    )
    .toBe(0);
  await aside.close();
  await Promise.all(tabs.map((tab) => tab.goto('./#v=1&data=mnist&layers=8')));
  for (const tab of tabs) {
    await tab.getByRole('tab', { name: 'Runs' }).click();
    await expect(tab.getByRole('heading', { name: 'Runs' })).toBeVisible();
  }
  const said = () =>
    Promise.all(tabs.map((tab) => tab.getByText(/A run was interrupted: mnist.*seed 6/).count()));
  await expect.poll(async () => (await said()).reduce((sum, one) => sum + one)).toBe(1);
  // Kept once: whoever looks later finds one of it.
  await tabs[0].reload();
  // The link may not have known of the view yet.
  await tabs[0].getByRole('tab', { name: 'Runs' }).click();
  await expect(tabs[0].getByRole('textbox', { name: /seed 6.*interrupted/ })).toHaveCount(1);
});
