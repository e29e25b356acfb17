import { expect, test } from './fixtures.ts';

test('the whole journey by keyboard alone', async ({ playground, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page } = playground;
  await playground.open('data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu');
  /** Presses Tab until the element that is wanted has the focus: whatever can be done can be reached. */
  const reach = async (role: Parameters<typeof page.getByRole>[0], name: string | RegExp) => {
    const wanted = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
    // Found once: looking for a name takes longer than a key press.
    const element = await wanted.elementHandle();
    for (let i = 0; i < 200; i++) {
      if (await page.evaluate((one) => one === document.activeElement, element)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${String(name)}.`);
  };
  await reach('slider', 'Cut 1 of 1');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('slider', { name: 'Cut 1 of 1' })).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Home');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await reach('button', 'Train');
  await page.keyboard.press('Enter');
  await playground.finished();
  // What came of it is announced.
  await expect(playground.result.getByRole('status')).toContainText(/SIL/);
  await reach('button', 'More curves');
  await page.keyboard.press('Enter');
  await reach('button', 'Table');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Test accuracy' })).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await reach('button', 'Share');
  await page.keyboard.press('Enter');
  await reach('button', 'Copy link to settings');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Link copied/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeHidden();
});
