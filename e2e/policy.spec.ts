import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import sirv from 'sirv';
import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=1000&turn=30&test=500&epochs=1';

/** What the browser refuses from now on, as the page's own reports say it. */
async function watchViolations(page: Page): Promise<string[]> {
  const seen: string[] = [];
  await page.exposeFunction('violated', (what: string) => void seen.push(what));
  await page.addInitScript(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, sample }) =>
        (window as unknown as { violated(what: string): void }).violated(
          `${violatedDirective}: ${blockedURI} (${sourceFile}) ${sample}`,
        ),
    );
  });
  return seen;
}

// Every engine, with TensorFlow.js loaded; every part of the page, with pictures and files made of it.
for (const engine of ['cpu', 'tfjs', 'webgpu']) {
  test(`nothing that the page does is against its own policy: ${engine}`, async ({ playground, page }) => {
    const violations = await watchViolations(page);
    await playground.open(`${QUICK}&engine=${engine}`);
    await playground.train.click();
    await playground.finished();
    for (const view of ['Inside SIL', 'Devices', 'Costs', 'Runs', 'How it works', 'Try it'])
      await playground.view(view);
    await page.getByRole('button', { name: 'A test character' }).click();
    await expect(page.getByRole('list', { name: 'SIL: most likely' }).getByRole('listitem')).toHaveCount(5);
    await playground.view('Curves');
    await playground.chart('Test accuracy');
    const accuracy = page.getByRole('region', { name: 'Test accuracy', exact: true });
    for (const kind of ['SVG', 'PNG', 'CSV']) {
      await accuracy.getByText('Save', { exact: true }).click();
      const saved = page.waitForEvent('download');
      await accuracy.getByRole('button', { name: kind, exact: true }).click();
      await saved;
    }
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Copy link to this run' })).toBeVisible();
    expect(violations).toEqual([]);
  });
}

test('what is not the page’s own is refused: inline scripts and other hosts', async ({
  playground,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/Content Security Policy/);
  const violations = await watchViolations(page);
  await playground.open('data=mnist');
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.foreign = true';
    document.head.append(script);
    const answered = await fetch('http://127.0.0.1:9/').then(
      () => true,
      () => false,
    );
    return { foreign: 'foreign' in window, answered };
  });
  expect(ran).toEqual({ foreign: false, answered: false });
  await expect
    .poll(() => violations.map((one) => one.split(':')[0]))
    .toEqual(['script-src-elem', 'connect-src']);
});

// A frame without an origin, from hosts that let such frames read their files and from those that do not.
for (const cors of [false, true]) {
  test(`in a sandbox without an origin the page says one sentence, ${cors ? 'with' : 'without'} CORS`, async ({
    page,
  }) => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const files = sirv('dist', {
      setHeaders: (response) => void (cors && response.setHeader('Access-Control-Allow-Origin', '*')),
    });
    const server = createServer((request, response) => {
      if (request.url !== '/around.html') return files(request, response);
      response.setHeader('Content-Type', 'text/html');
      response.end(`<iframe src="/#${QUICK}" sandbox="allow-scripts" width="800" height="400"></iframe>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/around.html`);
      await page.waitForLoadState('networkidle');
      const body = page.frameLocator('iframe').locator('body');
      await expect(body).toHaveText(/^\s*Piecewise cannot run in this frame, .* frame’s sandbox\.\s*$/, {
        useInnerText: true,
      });
      await expect(body.getByRole('link', { name: /tab of its own/ })).toHaveAttribute('href', /#data=mnist/);
      expect(errors).toEqual([]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}
