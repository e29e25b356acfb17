import { madeUpFiles } from '../src/data/testing.ts';
import { expect, test as base } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';
import { startMirror, type Mirror } from './support/mirror.ts';

const test = base.extend<{ mirror: Mirror }>({
  /** A stand-in for the public host, on this machine; the page names it as whoever serves the page could. */
  mirror: async ({ page }, use) => {
    const mirror = await startMirror({ files: await madeUpFiles('emnist-letters') });
    await page.route('**/sub/path/', async (route) => {
      const response = await route.fetch();
      const meta = `<meta name="piecewise-mirror" content="${mirror.url}" />`;
      await route.fulfill({ response, body: (await response.text()).replace('</head>', `${meta}</head>`) });
    });
    await use(mirror);
    await mirror.close();
  },
});

const GET = /^Get EMNIST Letters/;

test('a data set is fetched on request, kept by the browser, and forgotten on request', async ({
  playground,
  page,
  mirror,
}) => {
  await playground.open('data=mnist');
  await playground.unfold('Data');
  await page.getByText('Data sets', { exact: true }).click();
  await page.getByRole('button', { name: GET }).click();
  await expect(page.getByText(/120 to train on, 60 to test, 26 classes/)).toBeVisible();
  expect(mirror.requests).toHaveLength(4);
  await expect.poll(() => playground.fragment()).toContain('data=emnist-letters');
  await page.reload();
  await playground.unfold('Data');
  await expect(page.getByText(/120 to train on/)).toBeVisible();
  expect(mirror.requests).toHaveLength(4);
  await page.getByText('Data sets', { exact: true }).click();
  await page.getByRole('button', { name: 'Forget EMNIST Letters' }).click();
  await expect(page.getByRole('button', { name: 'Forget EMNIST Letters' })).toHaveCount(0);
  const data = page.getByRole('region', { name: 'Data', exact: true });
  await data.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Forget EMNIST Letters' })).toBeVisible();
});

test('a slow host shows progress and can be cancelled', async ({ playground, page, mirror }) => {
  await playground.open('data=mnist');
  mirror.behave('slow', { part: 'train-images' });
  await playground.unfold('Data');
  await page.getByText('Data sets', { exact: true }).click();
  await page.getByRole('button', { name: GET }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByText(/Downloading EMNIST Letters .* of /)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(page.getByText('60,000 to train on')).toBeVisible();
  await expect(playground.train).toBeEnabled();
});

for (const [behaviour, sentence] of [
  ['not-found', /404|not there|does not have/i],
  ['html', /web page/i],
  ['truncated', /cut short|short|incomplete|truncated|ends too early/i],
  ['broken', /broke|network|interrupted|lost|connection|ended/i],
] as const) {
  test(`a host that answers with ${behaviour} is a sentence, and the app goes on`, async ({
    playground,
    page,
    mirror,
    expectedErrors,
  }) => {
    expectedErrors.push(/Failed to load resource|net::ERR/);
    await playground.open(`data=mnist&${SMALL}`);
    mirror.behave(behaviour);
    await playground.unfold('Data');
    await expect(page.getByText('60,000 to train on')).toBeVisible();
    await page.getByText('Data sets', { exact: true }).click();
    await page.getByRole('button', { name: GET }).click();
    await expect(page.getByRole('alert')).toContainText(sentence);
    await expect(page.getByText('60,000 to train on')).toBeVisible();
    await playground.step.click();
    await expect(playground.clock).toContainText(/its turn|evaluating|waiting|paused|starting/);
  });
}
