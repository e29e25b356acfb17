import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

const SECTIONS = [
  'Start from',
  'Data',
  'Strategies',
  'Layers and cuts',
  'Training',
  'Synthetic labels',
  'Weights and export',
  'More',
];

// Every section and every view in both themes: no accessibility violation, nothing wider than the screen, and a picture to look at.
for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the page, before and after training', async ({ playground, page, isMobile }, { project }) => {
      /** `part` limits the check and the picture to what has just come up. */
      const look = async (name: string, part?: string) => {
        // As for paper: charts that are not on the screen are drawn, too.
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        const all = new AxeBuilder({ page });
        const { violations } = await (part ? all.include(part) : all).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
        // A phone makes its window as wide as the page, so the page is held against the screen.
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(page.viewportSize()!.width);
        const file = `${name}-${project.name}-${colorScheme}`;
        if (part) await page.screenshot({ path: `artifacts/${file}.png`, scale: 'css' });
        else await playground.picture(file);
      };
      await playground.open(`data=mnist&${SMALL.replace('cuts=2', 'cuts=1,2')}&epochs=1&engine=cpu`);
      for (const section of SECTIONS) {
        await playground.unfold(section);
        if (section === 'Data') await page.getByText('Data sets', { exact: true }).click();
        await look(`settings-${section}`, '#settings');
      }
      await playground.closeSettings();
      await playground.train.click();
      await playground.finished();
      await playground.view('Inside SIL');
      await expect(page.getByRole('img', { name: /Cut 1: / })).toBeVisible();
      await page.getByText('Layers in numbers').first().click();
      await expect(page.getByRole('region', { name: 'Layers in numbers' })).toBeVisible();
      await look('inside', '#view');
      await playground.view('Try it');
      await page.getByRole('button', { name: 'A test character' }).click();
      await expect(page.getByRole('list', { name: 'SIL: most likely' }).getByRole('listitem')).toHaveCount(5);
      await look('try', '#view');
      for (const view of ['Devices', 'Costs', 'Runs', 'How it works']) {
        await playground.view(view);
        await playground.settled();
        await look(view, '#view');
      }
      await playground.view('Curves');
      await look('trained');
      await playground.chart('Throughput');
      const throughput = page.getByRole('region', { name: 'Throughput', exact: true });
      await throughput.scrollIntoViewIfNeeded();
      await expect(throughput.locator('path.recharts-line-curve')).toHaveCount(2);
      for (const name of ['Test accuracy', 'Loss', 'Memory per device', 'Throughput'])
        await playground.table(name);
      await look('tables', '#view');
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Copy link to this run' })).toBeVisible();
      await look('share', '#share');
      await page.keyboard.press('Escape');
      // A phone's bar has no room for it.
      if (isMobile) await page.locator('summary[aria-label="More"]').click();
      await page.getByRole('button', { name: 'Tour', exact: true }).click();
      await expect(page.getByText('Step 1 of 9')).toBeVisible();
      await look('tour', '#tour');
      await page.emulateMedia({ media: 'print' });
      await expect(playground.train).toBeHidden();
      await expect(throughput).toBeVisible();
    });
  });
}

test('a narrow phone shows everything', async ({ playground, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.open('data=mnist');
  await expect(playground.train).toBeInViewport();
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('an embedded page, a recording, high contrast and less motion', async ({ playground, page }, {
  project,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await playground.open(
    `data=mnist&${SMALL}&epochs=1&engine=cpu&view=embed:controls,settings,network,curves,runs`,
  );
  await playground.train.click();
  await playground.finished();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  // High contrast repaints backgrounds, but not those that are data, nor what says which button is pressed.
  const colour = (part: Locator) => part.evaluate((element) => getComputedStyle(element).backgroundColor);
  await playground.chart('Memory per device');
  const card = page.getByRole('region', { name: 'Memory per device', exact: true });
  await card.scrollIntoViewIfNeeded();
  const paper = await colour(card);
  for (const mark of await card.locator('i[title]').all()) expect(await colour(mark)).not.toBe(paper);
  await expect(card.locator('i[title]').first()).toHaveCSS('forced-color-adjust', 'none');
  const pressed = card.getByRole('button', { name: 'Chart', exact: true });
  expect(await colour(pressed)).not.toBe(
    await colour(card.getByRole('button', { name: 'Table', exact: true })),
  );
  await playground.picture(`embed-${project.name}-contrast`);
});

test('at twice the size of letters nothing leaves the screen', async ({ playground, page }) => {
  await playground.open('data=mnist');
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await expect(playground.train).toBeVisible();
  // What comes late counts, too.
  await expect(page.getByRole('heading', { name: /^Test accuracy, / })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'x axis' })).toBeVisible();
  // The drawing learns of its new size a frame after the letters have theirs.
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(wide).toBeLessThanOrEqual(page.viewportSize()!.width);
});
