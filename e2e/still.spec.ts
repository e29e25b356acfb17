import { screenText } from '../src/app/text/screen.ts';
import { expect, test } from './fixtures.ts';
import { SIZES, watchShifts } from './support/measures.ts';

const QUICK =
  'data=mnist&strategies=conventional,sil,pipeline&layers=32x3&cuts=1,2&batch=256&turn=90&test=200&epochs=1&engine=cpu';

for (const { width, height, finger } of [SIZES[0], SIZES[3]]) {
  test.describe(`${width} × ${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: finger > 0, isMobile: finger > 0 });

    // What is known late has its place from the start. Curves are looked at beside all that one screen is held to.
    test('in views nothing moves from their opening to the end of a run', async ({ playground, page }) => {
      await page.addInitScript(watchShifts);
      for (const view of ['inside', 'devices', 'costs', 'runs'] as const) {
        await page.goto('about:blank');
        await page.goto(`./#${QUICK}&view=${view}`);
        const panel = page.getByRole('tabpanel', { name: screenText.views[view], exact: true });
        await expect(panel.locator(':is(h2, h3)').first()).toBeAttached();
        await expect(page.getByText(/^about \d/)).toBeVisible();
        await playground.settled();
        await playground.train.click();
        await playground.finished();
        expect(await page.evaluate(() => window.shifts), view).toEqual([]);
      }
    });
  });
}
