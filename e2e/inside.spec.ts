import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=64x3&cuts=1,2&batch=128&turn=150&test=500&epochs=1&engine=cpu';

test('inside SIL, try it, layers in numbers: what a trained network is made of', async ({
  playground,
  isMobile,
}) => {
  const { page } = playground;
  await playground.open(QUICK);
  const inside = page.getByRole('tabpanel', { name: 'Inside SIL', exact: true });
  await playground.view('Inside SIL');
  await expect(inside).toContainText('Train with SIL and a cut');
  await playground.train.click();
  await playground.finished();

  // A test character on its way through the joined network, on the drawing.
  const network = page.getByRole('region', { name: 'Network', exact: true });
  const another = network.getByRole('button', { name: 'Next test character' });
  const shown = network.getByRole('group', { name: 'What goes into the network' }).locator('canvas').first();
  const seen = () => shown.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await expect(network.getByText(/A test \d runs through SIL’s network, which says \d \(/)).toBeVisible();
  const first = await seen();
  await another.click();
  await expect.poll(seen).not.toBe(first);

  await playground.view('Inside SIL');
  await expect(inside.getByRole('img', { name: /Cut 1: 400 test characters/ })).toBeVisible();
  await inside.getByRole('button', { name: 'Cut 2', exact: true }).click();
  await expect(inside.getByRole('img', { name: /Cut 2: 400 test characters/ })).toBeVisible();
  const [head, ...rows] = await playground.table('Distance to the labels', 'Inside SIL');
  expect(head.slice(1)).toEqual(['cut 1', 'cut 2']);
  expect(Number(rows.at(-1)![1])).toBeLessThan(Number(rows[0][1]));

  // Drawn and picked characters, what each network says, what it gets wrong.
  await playground.view('Try it');
  const panel = page.getByRole('region', { name: 'Try it', exact: true });
  const sheet = panel.getByRole('img', { name: /Draw here/ });
  await sheet.scrollIntoViewIfNeeded();
  const box = (await sheet.boundingBox())!;
  // A one.
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.8 * box.height, { steps: 10 });
  await page.mouse.up();
  for (const strategy of ['Conventional', 'SIL']) {
    const list = panel.getByRole('list', { name: `${strategy}: most likely` });
    await expect(list.getByRole('listitem')).toHaveCount(5);
    await expect(list.getByRole('listitem').first()).toContainText(/^1/);
  }
  await expect(network.getByText(/Your character runs through SIL’s network, which says 1 \(/)).toBeVisible();
  await expect(panel.getByText(/At cut 2 its answer lies nearest to the label of/)).toBeVisible();

  await panel.getByRole('button', { name: 'Clear' }).click();
  await expect(panel.getByText('Draw something, or pick a test character.')).toBeVisible();
  await panel.getByRole('button', { name: 'A test character' }).click();
  await expect(panel.getByText(/A test image of “\d”/)).toBeVisible();
  await expect(panel.getByRole('listitem')).not.toHaveCount(0);

  await expect(panel.getByRole('img', { name: /SIL: rows are true classes/ })).toBeVisible();
  await panel.getByRole('combobox', { name: /Strategy/ }).selectOption('Conventional');
  await expect(panel.getByRole('img', { name: /Conventional: rows are true classes/ })).toBeVisible();
  await expect(panel.getByRole('img', { name: /“\d” taken for “\d”/ }).first()).toBeVisible();
  await panel.getByText('Accuracy per class').first().click();
  await expect(panel.getByRole('table', { name: 'Accuracy per class' }).getByRole('row')).toHaveCount(11);

  // Layers in numbers, on the drawing and as a table.
  await playground.view('Inside SIL');
  await page.getByText('Layers in numbers').first().click();
  const layerStats = page.getByRole('region', { name: 'Layers in numbers' });
  // Two networks of four layers, and the head.
  await expect(layerStats.getByRole('row')).toHaveCount(9);
  await expect(layerStats.getByRole('row').nth(1).getByRole('cell').nth(2)).not.toHaveText('0');

  if (isMobile) return;
  await page
    .getByRole('img', { name: /network of .* units on/ })
    .getByText('64')
    .nth(1)
    .hover();
  await expect(page.getByText('Weights of layer 2')).toBeVisible();
});
