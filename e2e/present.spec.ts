import AxeBuilder from '@axe-core/playwright';
import { presentText as text } from '../src/app/text/present.ts';
import { STOPS } from '../src/app/shell/panes.ts';
import { expect, test } from './fixtures.ts';

const QUICK =
  'data=mnist&strategies=conventional,sil,pipeline&layers=64x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

test('it is presented in large letters, goes on by key, fits in the window, and leaves the page as it was', async ({
  playground,
  page,
}) => {
  await playground.open(QUICK);
  await playground.train.click();
  await playground.finished();
  await playground.view('Costs');
  const stops = page.getByRole('navigation', { name: text.stops });
  const current = stops.locator('[aria-current]');

  await page.keyboard.press('p');
  await expect(current).toBeFocused();
  await expect(page.getByRole('tab')).toHaveCount(0);
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1280, height: 720 },
    { width: 1024, height: 768 },
  ]) {
    await page.setViewportSize(size);
    await page.keyboard.press('1');
    for (const stop of STOPS) {
      // At the end stands what the run came to.
      const line = stop === 'verdict' ? /of the memory, 0 B sent\.$/ : text.lines[stop];
      await expect(page.getByText(line)).toBeInViewport({ ratio: 1 });
      await expect(page.locator('[data-part="chart"]')).toBeInViewport({ ratio: 1 });
      await expect(page.locator('[data-part="rows"]')).toBeInViewport({ ratio: 1 });
      await playground.settled();
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
      await page.screenshot({ path: `artifacts/present-${size.width}-${stop}.png`, scale: 'css' });
      await page.keyboard.press('ArrowRight');
    }
    // The last one stays.
    await expect(current).toHaveText(String(STOPS.length));
  }
  await page.keyboard.press('PageUp');
  await expect(current).toHaveText(String(STOPS.length - 1));

  await page.keyboard.press('Escape');
  await expect(stops).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Costs' })).toHaveAttribute('aria-selected', 'true');

  // By name, and to what is found from within.
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog', { name: 'Search' });
  await search.getByRole('combobox').fill('projector');
  await page.keyboard.press('Enter');
  await expect(stops).toBeVisible();
  await page.keyboard.press('Control+k');
  await search.getByRole('combobox').fill('runs');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
});
