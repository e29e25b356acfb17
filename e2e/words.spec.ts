import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

// Words 40% longer, and from right to left: nothing leaves the screen, and no name is cut off.
for (const lang of ['pseudo', 'pseudo-rtl']) {
  test(`${lang}: wide and narrow`, async ({ page, playground }) => {
    await page.goto(`./?lang=${lang}#${QUICK}`);
    await expect(page.locator('html')).toHaveAttribute('dir', lang === 'pseudo' ? 'ltr' : 'rtl');
    await expect(page.locator('main svg[role=img]').first()).toBeVisible();
    await page
      .getByRole('button', { name: /^Tráïñ/ })
      .first()
      .click();
    await expect(page.getByText(/^döñé ïñ/)).toBeVisible();
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(width);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, summary, h2, h3, legend, label')]
          .filter((element) => element.offsetParent !== null && !element.closest('.visually-hidden'))
          .filter((element) => element.scrollWidth > element.clientWidth + 2)
          // One pixel is for screen readers alone.
          .filter((element) => element.clientWidth > 1)
          .map((element) => element.textContent),
      );
      expect(cut).toEqual([]);
      // The drawing runs from left to right in every language: a cut's thumb stands under its line.
      const middles = (part: string) =>
        page.locator(part).evaluateAll((parts) =>
          parts.map((one) => {
            const { left, right } = one.getBoundingClientRect();
            return (left + right) / 2;
          }),
        );
      const lines = await middles('svg g[aria-hidden="true"] > line');
      const thumbs = await middles('[role="group"] [role="slider"]');
      expect(lines).toHaveLength(2);
      for (const [index, line] of lines.entries()) expect(Math.abs(thumbs[index] - line)).toBeLessThan(3);
      await playground.picture(`${lang}-${width}`);
    }
    // On a phone this stands in a menu.
    await page.setViewportSize({ width: 1440, height: 800 });
    // What the layers below the page say is of the same language: the session, and links.
    await page.getByRole('button', { name: /^Agáïñ/ }).click();
    await expect(page.getByText(/^Tráïñïñg wás rését\./)).toBeVisible();
    await page.evaluate(() => (location.hash = 'batch=abc'));
    await expect(page.getByText(/föüñd “ábç”, éxpéçtéd á whölé ñümbér fröm/)).toBeVisible();
  });
}
