import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

// Every view in both themes: no accessibility violation, nothing wider than the screen, and a picture to look at.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the page, before and after training', async ({ playground, page }, { project }) => {
      const look = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await page.screenshot({
          path: `artifacts/${name}-${project.name}-${colorScheme}.png`,
          fullPage: true,
        });
      };
      await playground.open(`data=mnist&${SMALL.replace('cuts=2', 'cuts=1,2')}&epochs=1`);
      await look('start');
      await playground.unfold('Training');
      await playground.unfold('Synthetic labels');
      await page.getByText('Data sets', { exact: true }).click();
      await look('settings');
      await playground.train.click();
      await playground.finished();
      await look('trained');
      for (const name of ['Test accuracy', 'Loss', 'Memory per device', 'Throughput'])
        await playground.table(name);
      await look('tables');
    });
  });
}

test('a narrow phone shows everything', async ({ playground, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.open('data=mnist');
  await expect(playground.train).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
