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
    const views = await page.getByRole('tab').allTextContents();
    for (const view of [...views, 'Accuracy by class']) {
      await playground.view(views.includes(view) ? view : 'Curves');
      if (!views.includes(view)) await playground.chart(view);
      // A view's code may come late.
      await expect(page.locator('#view :is(h2, h3, table, figure)').first()).toBeVisible();
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
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('#view *')]
          .filter((one) => one.checkVisibility() && /auto|scroll/.test(getComputedStyle(one).overflowY))
          .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1)
          .map((one) => one.outerHTML.slice(0, 100)),
      );
      expect(cut).toEqual([]);
      // No word is broken within.
      const broken = await page.evaluate(() =>
        [...document.querySelectorAll('#view :is(th, td)')].flatMap((cell) => {
          const found: string[] = [];
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            for (const { 0: word, index } of node.textContent!.matchAll(/\p{L}+/gu)) {
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              const [first, ...rest] = range.getClientRects();
              if (rest.some(({ top }) => top > first.bottom - 1)) found.push(word);
            }
          return found;
        }),
      );
      expect(broken, view).toEqual([]);
      await page.emulateMedia({ media: 'screen' });
    }
  });
});
