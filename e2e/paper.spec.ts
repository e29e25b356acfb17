import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';
/** A4 within its margins, in CSS pixels. */
const PAPER = { width: 718, height: 1000 };

test.describe('paper', () => {
  test.use({ colorScheme: 'dark', viewport: PAPER });

  test('every view prints light, in its colours, within the page', async ({ playground, page }) => {
    await playground.open(QUICK);
    await playground.train.click();
    await playground.finished();
    for (const view of await page.getByRole('tab').allTextContents()) {
      await playground.view(view);
      await playground.settled();
      await page.emulateMedia({ media: 'print' });
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
      await expect(playground.train).toBeHidden();
      await expect(page.getByRole('tablist')).toBeHidden();
      // Nothing runs over the edge, no bar sticks, and marks keep their colour.
      await expect
        .poll(() =>
          page.evaluate(() =>
            [...document.querySelectorAll<HTMLElement>('#view *, main *')]
              .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden'))
              .filter((one) => {
                const { width, right } = one.getBoundingClientRect();
                const { position, printColorAdjust } = getComputedStyle(one);
                const out = width > 1 && right > innerWidth + 1 && one.closest('table, figure, svg, canvas');
                return out || /fixed|sticky/.test(position) || printColorAdjust !== 'exact';
              })
              .map((one) => one.outerHTML.slice(0, 100)),
          ),
        )
        .toEqual([]);
      await page.emulateMedia({ media: 'screen' });
    }
  });
});
