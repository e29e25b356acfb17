import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { serveBuilt } from './support/host.ts';

test.use({ serviceWorkers: 'allow' });

test('after the first visit everything but new data works in flight mode', async ({
  playground,
  context,
}) => {
  const { page } = playground;
  const link = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';
  await playground.open(link);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // The first visit's data came before the worker that keeps it; a second one passes through it.
  await page.reload();
  await playground.unfold('Data');
  await expect(page.getByRole('list', { name: /One character of each class/ })).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await playground.unfold('Data');
  await expect(page.getByRole('list', { name: /One character of each class/ })).toBeVisible();
  await playground.train.click();
  await playground.finished();
  await playground.view('Try it');
  await page.getByRole('button', { name: 'A test character' }).click();
  await expect(page.getByRole('list', { name: 'SIL: most likely' }).getByRole('listitem')).toHaveCount(5);
});

test('the page can be installed', async ({ playground, request }) => {
  await playground.open('data=mnist');
  const href = await playground.page.locator('link[rel="manifest"]').getAttribute('href');
  const manifest = (await (await request.get(new URL(href!, playground.page.url()).href)).json()) as {
    name: string;
    icons: { src: string }[];
  };
  expect(manifest.name).toBe('Piecewise');
  for (const { src } of manifest.icons) {
    const icon = await request.get(new URL(src, playground.page.url()).href);
    expect(icon.ok(), src).toBe(true);
  }
});

/** The built site, in the version that `release` names: another one is another service worker. */
async function serveVersions() {
  let version = 1;
  const host = await serveBuilt({ 'sw.js': (text) => `${text}\n// ${version}` });
  return { ...host, release: () => version++ };
}

test('a new version asks before it replaces the page', async ({ playground, page }) => {
  const site = await serveVersions();
  try {
    await page.goto(`${site.url}#data=mnist&layers=31&cuts=1`);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await expect(page.getByText('A new version is ready')).toHaveCount(0);
    site.release();
    await page.reload();
    await expect(page.getByText('A new version is ready')).toBeVisible();
    // Until it is said to, the page stays as it is.
    await playground.unfold('Layers and cuts');
    await expect(page.getByRole('textbox', { name: 'Width of layer 1' })).toHaveValue('31');
    await page.getByRole('button', { name: 'Reload', exact: true }).click();
    await expect(page.getByText('A new version is ready')).toHaveCount(0);
    await playground.unfold('Layers and cuts');
    await expect(page.getByRole('textbox', { name: 'Width of layer 1' })).toHaveValue('31');
  } finally {
    site.close();
  }
});

test('a reload for a new version replaces the tab that was asked, and no other', async ({
  page,
  context,
}) => {
  const site = await serveVersions();
  const mark = (tab: Page) => tab.evaluate(() => void Object.assign(window, { marked: true }));
  const marked = (tab: Page) => tab.evaluate(() => 'marked' in window);
  const ready = (tab: Page) => tab.getByText('A new version is ready');
  const told = (tab: Page) => tab.getByText('Another tab has let a new version in.');
  try {
    await page.goto(`${site.url}#data=mnist`);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    // Two tabs that the first version serves: one says later, one is not looked at.
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto(`${site.url}#data=mnist`);
      await tab.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await mark(tab);
    }
    site.release();
    await page.reload();
    for (const tab of [page, ...tabs]) await expect(ready(tab)).toBeVisible();
    await tabs[0].getByRole('button', { name: 'Later', exact: true }).click();
    await mark(page);
    await page.getByRole('button', { name: 'Reload', exact: true }).click();
    await expect.poll(() => marked(page).catch(() => true)).toBe(false);
    for (const tab of tabs) {
      await expect(told(tab)).toBeVisible();
      expect(await marked(tab)).toBe(true);
    }
    await tabs[0].getByRole('button', { name: 'Later', exact: true }).click();
    await expect(told(tabs[0])).toHaveCount(0);
    await tabs[1].getByRole('button', { name: 'Reload', exact: true }).click();
    await expect.poll(() => marked(tabs[1]).catch(() => true)).toBe(false);
    expect(await marked(tabs[0])).toBe(true);
  } finally {
    site.close();
  }
});
