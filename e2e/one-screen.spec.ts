import { mkdirSync, writeFileSync } from 'node:fs';
import { APART_MS } from '../src/app/shell/speed.ts';
import { screenText } from '../src/app/text/screen.ts';
import { VIEWS } from '../src/app/view.ts';
import { expect, test } from './fixtures.ts';
import { measure, MEASURED, SIZES, watchShifts, type OneScreen } from './support/measures.ts';

const QUICK =
  'data=mnist&strategies=conventional,sil,pipeline&layers=64x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

/** The trial of the machine ends when all the rest is there, as it does where much else is going on. Runs in the page. */
function lateTrial(apart: number): void {
  const later = window.setTimeout.bind(window);
  window.setTimeout = ((act: () => void, ms = 0) =>
    later(act, ms === apart ? 4 * ms : ms)) as typeof window.setTimeout;
}

for (const { width, height, screens, finger } of SIZES) {
  test.describe(`${width} × ${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: finger > 0, isMobile: finger > 0 });

    test('is one screen, and nothing on it moves while it trains', async ({ playground, page }) => {
      await page.addInitScript(watchShifts);
      await page.addInitScript(lateTrial, APART_MS);
      await playground.open();
      await expect(page.locator('#pad')).toBeVisible();
      await playground.settled();
      const first = await page.evaluate(measure, { ...MEASURED, finger });

      await page.goto('about:blank');
      await playground.open(QUICK);
      await expect(page.locator('#pad')).toBeVisible();
      await playground.settled();
      await page.evaluate(() => (window.shifts = []));
      // How long it will take is known later than all the rest.
      await expect(page.getByText(/^about \d/)).toBeVisible();
      const began = Date.now();
      await playground.train.click();
      // A curve moves once it has two points.
      await page.waitForFunction(() =>
        [...document.querySelectorAll<SVGPathElement>('#view path.recharts-line-curve')].some(
          (path) => path.getTotalLength() > 0,
        ),
      );
      const curveMs = Date.now() - began;
      await playground.finished();
      const shifts = await page.evaluate(() => window.shifts);

      const views = [];
      for (const view of VIEWS) {
        await playground.view(screenText.views[view]);
        // What is fetched when it is first opened is there.
        await expect(page.locator('#view')).not.toContainText(/^Loading/);
        await expect(page.locator('#view')).not.toBeEmpty();
        await playground.settled();
        views.push(await page.evaluate(measure, { ...MEASURED, finger }));
      }
      const shift = shifts.reduce((sum, { value }) => sum + value, 0);
      const found: OneScreen = { ...first, shift, curveMs };
      mkdirSync('artifacts', { recursive: true });
      writeFileSync(`artifacts/one-screen-${width}x${height}.json`, JSON.stringify(found, null, 2));

      expect(shifts).toEqual([]);
      expect(first.screens).toBeLessThanOrEqual(screens);
      expect(first.controls).toBeLessThanOrEqual(40);
      expect(first.words).toBeLessThanOrEqual(220);
      for (const { small, narrow } of [first, ...views]) {
        expect(small).toEqual([]);
        expect(narrow).toEqual([]);
      }
    });
  });
}
