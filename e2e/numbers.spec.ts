import { expect, test } from './fixtures.ts';

test('a number that can be read two ways is not guessed at', async ({ playground, page }) => {
  await playground.open('data=mnist&layers=64x3&cuts=2');
  await playground.unfold('Layers and cuts');
  const width = page.getByRole('textbox', { name: 'Width of layer 1' });
  await width.fill('1.000');
  await width.press('Enter');
  await expect(page.getByRole('alert')).toContainText(
    'Found “1.000”, which is 1 for some and 1000 for others. Write 1 or 1000.',
  );
  await expect(width).toHaveAttribute('aria-invalid', 'true');
  await width.fill('0,500');
  await width.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Found “0,500”, expected a whole number');
  expect(playground.fragment()).toContain('layers=64x3');
  await width.fill('1000');
  await width.press('Enter');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => playground.fragment()).toContain('layers=1000,64,64');
});
