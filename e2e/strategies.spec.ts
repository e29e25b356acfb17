import { expect, test } from './fixtures.ts';

/** A narrow network and turns of a few steps: every strategy on a software adapter within seconds. */
const TINY = 'data=mnist&layers=16x2&cuts=1&devices=2&batch=1000&micro=2&turn=12&test=500&epochs=1&rate=0.01';

for (const { id, name } of [
  { id: 'model', name: 'Model parallel' },
  { id: 'pipeline', name: 'Pipeline parallel' },
  { id: 'data', name: 'Data parallel' },
  { id: 'fsdp', name: 'Fully sharded (FSDP)' },
]) {
  test(`${name} trains on WebGPU as conventional training does, and shows what it costs`, async ({
    playground,
    page,
  }) => {
    await playground.open(`${TINY}&engine=webgpu&strategies=conventional,${id}`);
    await playground.step.click();
    await expect(playground.clock).toContainText('paused');
    await playground.settled();
    const conventional = await playground.newestPercent('Test accuracy', 'Conventional');
    const found = await playground.newestPercent('Test accuracy', name);
    // Rounding may tip a few of 500 images.
    expect(Math.abs(found - conventional)).toBeLessThanOrEqual(2);
    expect(conventional).toBeGreaterThan(30);

    const cells = async (table: string) => {
      const shown = page.getByRole('table', { name: table });
      // What is off the screen is not drawn.
      await shown.scrollIntoViewIfNeeded();
      await playground.settled();
      return shown
        .getByRole('row', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')}`) })
        .getByRole('cell')
        .allTextContents();
    };
    await playground.chart('Traffic between devices');
    await expect.poll(async () => (await cells('Traffic between devices'))[0]).not.toMatch(/^0 B/);
    await playground.view('Costs');
    // What was measured, and beside it what was modelled where the two are not the same: a short last batch sends less.
    const [bytes] = await cells('Cost of each strategy');
    expect(bytes).toMatch(/^[\d.]+ [kM]?B( ≈ [\d.]+ [kM]?B)?$/);
    await playground.view('Devices');
    await expect(
      page.getByRole('img', { name: new RegExp(`device 1 busy .* waiting for data`) }).last(),
    ).toBeVisible();
    await expect(page.getByRole('table', { name: `${name}: bytes from device to device` })).toBeVisible();
  });
}

test('lanes zoom by key and show the last steps again, and a link is chosen for separate machines', async ({
  playground,
  page,
}) => {
  await playground.open(`${TINY}&strategies=conventional,pipeline`);
  await playground.train.click();
  await playground.finished();
  await playground.view('Devices');
  const lanes = page.getByRole('region', { name: 'Lanes of Pipeline parallel' });
  const marks = () => lanes.locator('[aria-hidden="true"] span').allTextContents();
  await expect.poll(marks).not.toEqual([]);
  const before = await marks();
  await lanes.getByRole('img').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(marks).not.toEqual(before);
  await page.keyboard.press('0');
  await expect.poll(marks).toEqual(before);

  await playground.view('Costs');
  const rows = () => page.getByRole('table', { name: 'Fastest first' }).getByRole('row').allTextContents();
  const ethernet = await rows();
  await page.getByLabel('Link between machines').selectOption({ label: 'Wi-Fi (240 Mb/s, 3 ms)' });
  await expect.poll(rows).not.toEqual(ethernet);
});
