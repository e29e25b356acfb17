import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { savedAs } from '../src/export/safetensors/testing.ts';
import { SMALL } from './pages/playground.ts';

test('trained weights are saved, and training begins with them', async ({ playground, page }) => {
  await playground.open(`data=mnist&${SMALL}&epochs=1`);
  await playground.train.click();
  await playground.finished();
  // The last on as many images as the next run looks at; the very last is of all of them.
  const curve = await playground.table('Test accuracy');
  const trained = parseFloat(curve.at(-2)![curve[0].indexOf('SIL')]);
  await playground.unfold('Weights and export');
  await page.getByRole('combobox', { name: /^Weights of/ }).selectOption({ label: 'SIL' });
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as safetensors' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('piecewise-sil.safetensors');
  const file = await saved.path();

  await playground.weightsFile.setInputFiles({
    name: 'mine.safetensors',
    mimeType: 'application/octet-stream',
    buffer: await readFile(file),
  });
  await expect(playground.messages).toContainText('Training begins with the weights of mine.safetensors');
  const [exported] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export to PyTorch' }).click(),
  ]);
  await expect(page.getByText('It will ask for mine.safetensors')).toBeVisible();
  expect(await readFile(await exported.path(), 'utf8')).toContain('"weights": "mine.safetensors"');
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  const rows = await playground.table('Test accuracy');
  expect(parseFloat(rows[1][rows[0].indexOf('SIL')])).toBeCloseTo(trained, 1);

  // Without saving anything: a finished run is kept with its weights, also for another visit.
  await playground.reset.click();
  await page.reload();
  await playground.view('Runs');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await runs.locator('summary', { hasText: 'More' }).last().click();
  await runs.getByRole('button', { name: 'Begin with the weights of SIL' }).click();
  await expect(playground.messages).toContainText('Training begins with the weights of piecewise-sil');
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  const again = await playground.table('Test accuracy');
  expect(again[1]).toEqual(rows[1]);
});

test('weights that the browser has no room for are spoken of, and the run is kept without them', async ({
  playground,
  page,
}) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      if (String(key).startsWith('weights:'))
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      return put.call(this, value, key);
    };
  });
  await playground.open('data=mnist&layers=16x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu');
  await playground.train.click();
  await playground.finished();
  await playground.view('Runs');
  const runs = page.getByRole('region', { name: 'Runs', exact: true });
  await expect(runs.getByRole('alert')).toContainText(
    /weights of the last run \(The quota has been exceeded\)/,
  );
  await runs.locator('summary', { hasText: 'More' }).last().click();
  await expect(runs.getByRole('button', { name: 'Use its settings' })).toBeVisible();
  await expect(runs.getByRole('button', { name: /weights of SIL/ })).toHaveCount(0);
});

test('the experiment is exported as a Python file', async ({ playground, page }) => {
  await playground.open('data=mnist&layers=64x3&cuts=2&seed=5');
  await playground.unfold('Weights and export');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export to PyTorch' }).click(),
  ]);
  const text = await readFile(await saved.path(), 'utf8');
  expect(text).toContain('784 → 64 × 3 → 10');
  expect(text).toContain('"seed": 5');
});

test('the order of layers that nothing settles is shown, and changed by keyboard', async ({
  playground,
  page,
}, info) => {
  const widths = [784, 16, 16, 16, 10];
  const names = ['in', 'b', 'a', 'out'];
  const tensors = names.flatMap((name, at) => [
    [
      `${name}.weight`,
      { shape: [widths[at + 1], widths[at]], values: Array(widths[at] * widths[at + 1]).fill(0.01) },
    ],
    [`${name}.bias`, { shape: [widths[at + 1]], values: Array(widths[at + 1]).fill(0) }],
  ]);
  await playground.open('data=mnist&layers=16x3&cuts=&batch=256&turn=60&test=500&epochs=1&engine=cpu');
  await playground.unfold('Weights and export');
  await playground.weightsFile.setInputFiles({
    name: 'theirs.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(savedAs(Object.fromEntries(tensors))),
  });
  const order = page.getByRole('group', { name: 'Order of the layers' });
  await expect(order).toContainText('Neither names nor sizes settle this order');
  await expect(order.getByRole('listitem')).toContainText(['in', 'a', 'b', 'out']);
  await order.getByRole('button', { name: 'Move b up' }).focus();
  await page.keyboard.press('Enter');
  await expect(order.getByRole('listitem')).toContainText(['in', 'b', 'a', 'out']);
  await expect(order).toContainText('In your order.');
  await expect(order.getByRole('status')).toHaveText('b is layer 2 now.');
  await expect(order.getByRole('button', { name: 'Move b up' })).toBeFocused();
  await order.screenshot({ path: info.outputPath('order.png') });
});
