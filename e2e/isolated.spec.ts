/** A host that sends no headers: threads share memory from the second visit on, by the service worker. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { madeUpFiles } from '../src/data/testing.ts';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';
import { serveBuilt } from './support/host.ts';
import { startMirror } from './support/mirror.ts';

const LINK = `data=mnist&${SMALL}&strategies=conventional&engine=cpu&epochs=1`;

const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated);
const cores = (page: Page) => page.evaluate(() => navigator.hardwareConcurrency);
const kept = (page: Page) => page.evaluate(async () => void (await navigator.serviceWorker.ready));

/** What the page says of its threads, once it has trained. */
async function threads(page: Page | FrameLocator): Promise<Locator> {
  await page.locator('summary[aria-label="More"]').click();
  await page.getByRole('button', { name: 'This machine' }).click();
  const dialog = page.getByRole('dialog', { name: 'This machine' });
  return dialog.locator('section').filter({ hasText: /^Threads/ });
}

test.describe('where service workers run', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a page uses all cores from its second visit on, and is never reloaded unasked', async ({
    playground,
    page,
    context,
  }) => {
    const mirror = await startMirror({ files: await madeUpFiles('emnist-letters') });
    const named = `<meta name="piecewise-mirror" content="${mirror.url}" />`;
    const host = await serveBuilt({
      'index.html': (text) => text.replace('</head>', `${named}</head>`),
    });
    try {
      let loads = 0;
      page.on('load', () => loads++);
      await page.goto(`${host.url}#${LINK}`);
      await playground.ready();
      await kept(page);
      await playground.train.click();
      await playground.finished();
      expect(await isolated(page)).toBe(false);
      const all = await cores(page);
      const before = await threads(page);
      await expect(before).toContainText(all === 1 ? 'one core' : 'This one is once it is reloaded');
      await expect(before).toContainText(/Conventional\s*1$/);
      expect(loads).toBe(1);

      await page.reload();
      await playground.ready();
      expect(await isolated(page)).toBe(true);
      await playground.train.click();
      await playground.finished();
      const after = await threads(page);
      await expect(after).toContainText(all === 1 ? 'one core' : `${all} cores, shared out`);
      await expect(after).toContainText(new RegExp(`Conventional\\s*${all}$`));
      await page.keyboard.press('Escape');

      // Another host's data, which an isolated page gets with CORS alone.
      await playground.unfold('Data');
      await page.getByText('Data sets', { exact: true }).click();
      await page.getByRole('button', { name: /^Get EMNIST Letters/ }).click();
      await expect(page.getByText(/120 to train on, 60 to test, 26 classes/)).toBeVisible();

      await context.setOffline(true);
      await page.goto(`${host.url}#${LINK}`);
      await page.reload();
      await playground.ready();
      expect(await isolated(page)).toBe(true);
      await playground.train.click();
      await playground.finished();
      expect(loads).toBe(3);
    } finally {
      host.close();
      await mirror.close();
    }
  });

  test('a page in a frame trains on one thread and says why', async ({ page }) => {
    const host = await serveBuilt();
    const around = await serveBuilt({
      'index.html': () => `<iframe src="${host.url}#${LINK}" width="1200" height="800"></iframe>`,
    });
    try {
      await page.goto(host.url);
      await kept(page);
      await page.goto(around.url);
      const frame = page.frameLocator('iframe');
      await frame.getByRole('button', { name: 'Train', exact: true }).click();
      await expect(frame.getByRole('group', { name: 'Training', exact: true })).toContainText('done in');
      const said = await threads(frame);
      await expect(said).toContainText(
        (await cores(page)) === 1 ? 'one core' : 'open it in a tab of its own',
      );
      await expect(said).toContainText(/Conventional\s*1$/);
    } finally {
      host.close();
      around.close();
    }
  });
});

test('where none can run, a page trains on one thread, says why and is not reloaded for it', async ({
  playground,
  page,
}) => {
  let loads = 0;
  page.on('load', () => loads++);
  await playground.open(LINK);
  await page.reload();
  await playground.ready();
  await playground.train.click();
  await playground.finished();
  const said = await threads(page);
  await expect(said).toContainText(
    (await cores(page)) === 1 ? 'one core' : 'which this browser does not run',
  );
  await expect(said).toContainText(/Conventional\s*1$/);
  expect(loads).toBe(2);
});
