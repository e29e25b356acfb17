/** Workers that end without an error event, as where a browser has no memory left for them. */
import type { Page, Worker } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

const WITHOUT_A_WORD = /it ended without saying why/;

async function named(page: Page, name: string): Promise<Worker> {
  let found: Worker | undefined;
  await expect(async () => {
    for (const worker of page.workers()) {
      const its = await worker.evaluate(() => self.name).catch(() => null);
      if (its === name) found = worker;
    }
    expect(found, name).toBeDefined();
  }).toPass();
  return found!;
}

/** Ends it from inside: no event tells the page. */
const end = (worker: Worker) => worker.evaluate(() => self.close()).catch(() => {});

test('a partition whose worker is gone at work is said to be, and comes back', async ({
  playground,
  page,
}) => {
  await playground.open(`data=mnist&${SMALL}&strategies=sil&engine=cpu&epochs=200`);
  await playground.train.click();
  await expect(playground.clock).toContainText(/[1-9]/);
  await end(await named(page, 'device 2'));
  const alert = page.getByRole('alert').filter({ hasText: WITHOUT_A_WORD });
  await expect(alert).toContainText('Device 2');
  await page.getByRole('button', { name: 'Restart device 2' }).click();
  await expect(alert).toHaveCount(0);
});

test('a partition whose worker is gone while nothing is asked of it is said to be', async ({
  playground,
  page,
}) => {
  await playground.open(`data=mnist&${SMALL}&strategies=sil&engine=cpu`);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  await end(await named(page, 'device 2'));
  await expect(page.getByRole('alert').filter({ hasText: WITHOUT_A_WORD })).toContainText('Device 2');
});

test('a worker that is gone before SIL has started is a sentence', async ({ playground, page }) => {
  await playground.open(`data=mnist&${SMALL}&strategies=sil&engine=cpu`);
  await page.context().route(/assets\/worker-[\w-]+\.js/, async (route) => {
    const response = await route.fetch();
    // It lives just long enough to be heard of.
    const body = `${await response.text()}\nif (self.name === 'device 2') setTimeout(() => self.close());`;
    await route.fulfill({ response, body });
  });
  await playground.train.click();
  await expect(page.getByRole('alert').filter({ hasText: 'Device 2 is gone' })).toBeVisible();
});

test('a worker that is gone while it loads data is a sentence', async ({ page }) => {
  let asked = () => {};
  const asking = new Promise<void>((resolve) => (asked = resolve));
  await page.context().route(/\/data\/mnist\/.*images/, () => asked());
  await page.goto(`./#data=mnist&${SMALL}&engine=cpu`);
  await asking;
  await end(await named(page, 'data'));
  await expect(page.getByText(/The worker that loads data stopped: it ended without/).first()).toBeVisible();
});

test('the worker that looks into networks is started anew when it is gone', async ({ playground, page }) => {
  await playground.open(`data=mnist&${SMALL}&strategies=sil&engine=cpu`);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  await playground.view('Inside SIL');
  const first = await named(page, 'analysis');
  await end(first);
  await expect(async () => expect(await named(page, 'analysis')).not.toBe(first)).toPass();
});
