import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=1,2&batch=256&test=500&epochs=1&engine=cpu';

// 1280 × 720 at 400%: 320 × 180 CSS pixels.
test('at 400% bars leave the window to what is read, in every view', async ({ playground, page }) => {
  await page.setViewportSize({ width: 320, height: 180 });
  await playground.open(QUICK);
  const views = await page.getByRole('tab').allTextContents();
  expect(views.length).toBeGreaterThan(1);
  for (const view of views) {
    await playground.view(view);
    await playground.settled();
    const fixed = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((one) => one.checkVisibility() && /fixed|sticky/.test(getComputedStyle(one).position))
        .map((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight;
        })
        .reduce((sum, share) => sum + share, 0),
    );
    expect(fixed, view).toBeLessThanOrEqual(0.2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(320);
  }
  // The tour's way on is in reach from 200% on.
  await page.goto('about:blank');
  await playground.open(`${QUICK}&tour=1`);
  for (const part of [2, 4]) {
    await page.setViewportSize({ width: 1280 / part, height: 720 / part });
    await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeInViewport({ ratio: 1 });
  }
});
