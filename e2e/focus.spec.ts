import { expect, test } from './fixtures.ts';

/** Where the focus is: an id, a name or a text; "page" where it has fallen. */
const focus = () =>
  document.activeElement === document.body || !document.activeElement
    ? 'page'
    : document.activeElement.id ||
      document.activeElement.getAttribute('aria-label') ||
      document.activeElement.textContent ||
      'something';

test('keys open and close what they name, and the focus never falls to the page', async ({ playground }) => {
  const { page } = playground;
  await playground.open('data=mnist&layers=16x3&cuts=1,2&batch=256&turn=20&test=200&epochs=1&engine=cpu');
  const expectFocus = (wanted: string | RegExp) =>
    wanted instanceof RegExp
      ? expect.poll(() => page.evaluate(focus)).toMatch(wanted)
      : expect.poll(() => page.evaluate(focus)).toBe(wanted);

  // Cuts one after the other, and on to the next once one is removed.
  await expect(page.getByRole('slider', { name: 'Cut 2 of 2' })).toBeVisible();
  await page.keyboard.press(']');
  await expectFocus('Cut 1 of 2');
  await page.keyboard.press(']');
  await expectFocus('Cut 2 of 2');
  await page.keyboard.press('[');
  await expectFocus('Cut 1 of 2');
  await page.keyboard.press('Delete');
  await expectFocus('Cut 1 of 1');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());

  // Views by number, enlarged and back.
  await page.keyboard.press('6');
  await expectFocus('tab-runs');
  await page.keyboard.press('e');
  await expect(page.getByRole('main')).toHaveAttribute('data-enlarged');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('main')).not.toHaveAttribute('data-enlarged');
  await page.keyboard.press('1');
  await expectFocus('tab-curves');

  // A choice in a menu, and the dialog that it opened.
  const more = page.getByLabel('More', { exact: true }).first();
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'This machine' }).press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(more).toBeFocused();

  // A stepper at its end keeps the focus and says that it can no further.
  await page.keyboard.press(',');
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await settings.getByRole('button', { name: /^Layers/ }).press('Enter');
  const fewer = settings.getByRole('button', { name: 'Remove a hidden layer' }).first();
  for (let i = 0; i < 4; i++) await fewer.press('Enter');
  await expect(fewer).toBeDisabled();
  await expect(fewer).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await expectFocus('settings-button');

  // One turn, which cannot be pressed again while it runs.
  const turn = page.getByRole('button', { name: 'One turn' });
  await turn.press('Enter');
  await expect(turn).toBeFocused();

  // Messages go when they are answered.
  await page.getByRole('button', { name: 'Again from the start' }).press('Enter');
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  await expect(dismiss.first()).toBeVisible();
  while ((await dismiss.count()) > 0) await dismiss.first().press('Enter');
  await expect.poll(() => page.evaluate(focus)).not.toBe('page');

  // Strokes taken back, down to none.
  await page.keyboard.press('3');
  const sheet = page.getByRole('tabpanel').getByRole('img', { name: /draw/i }).first();
  await sheet.click();
  const undo = page.getByRole('tabpanel').getByRole('button', { name: 'Undo stroke' });
  await undo.press('Enter');
  await expect(undo).toBeDisabled();
  await expect(undo).toBeFocused();
});
