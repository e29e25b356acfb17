import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';
const KEPT = /Every run that ends is kept in this browser/;
const NOT_KEPT = 'This browser keeps nothing beyond the visit; save what matters as a file.';

test.describe('where the browser’s database', () => {
  test('throws at once, a run finishes, is reset, and is not said to be kept', async ({
    playground,
    page,
  }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('access is denied in this context.', 'SecurityError');
      };
    });
    await playground.open(QUICK);
    await playground.view('Runs');
    await expect(page.getByText(NOT_KEPT)).toBeVisible();
    await playground.train.click();
    await playground.finished();
    await expect(page.getByText(NOT_KEPT)).toBeVisible();
    await expect(page.getByText(KEPT)).toHaveCount(0);
    await playground.reset.click();
    await expect(playground.step).toBeEnabled();
  });

  test('never answers, nothing is said to be kept, and in the end that it is not', async ({
    playground,
    page,
  }) => {
    await page.clock.install();
    await page.addInitScript(() => {
      // A request on which nothing ever happens.
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
    });
    await playground.open(QUICK);
    await playground.view('Runs');
    await expect(page.getByText('Looking for runs that this browser keeps…')).toBeVisible();
    await expect(page.getByText(KEPT)).toHaveCount(0);
    await page.clock.fastForward(60_000);
    await expect(page.getByText(NOT_KEPT)).toBeVisible();
  });

  test('refuses a draft, that is said while the run goes on', async ({ playground, page }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
        if (String(key).startsWith('draft:')) throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
    });
    await playground.open(QUICK);
    await playground.view('Runs');
    await expect(page.getByText(KEPT)).toBeVisible();
    await playground.step.click();
    await expect(playground.clock).toContainText('paused');
    // It is saved within seconds of its first turn.
    await expect(page.getByText(NOT_KEPT)).toBeVisible();
    await expect(playground.clock).toContainText('paused');
  });
});
