import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

// Words 40% longer, and from right to left: nothing leaves the screen, nothing lies over anything else that is pressed.
for (const lang of ['pseudo', 'pseudo-rtl']) {
  for (const width of [1440, 360]) {
    test(`${lang} at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`./?lang=${lang}#${QUICK}`);
      await expect(page.locator('html')).toHaveAttribute('dir', lang === 'pseudo' ? 'ltr' : 'rtl');
      await expect(page.locator('ul[aria-label] canvas').first()).toBeVisible();
      await page
        .getByRole('button', { name: /^Tráïñ/ })
        .first()
        .click();
      await expect(page.getByText(/öf áll [\d,]+ tést ïmágés/)).toHaveCount(2, { timeout: 100_000 });
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, summary, h2, h3, legend, label')]
          .filter((element) => element.offsetParent !== null && !element.closest('.visually-hidden'))
          .filter((element) => element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0)
          .map((element) => element.textContent),
      );
      expect(cut).toEqual([]);
      await page.screenshot({ path: `artifacts/${lang}-${width}.png`, fullPage: true, scale: 'css' });
    });
  }
}
