import { expect, test } from './fixtures.ts';

test('the tour moves the real controls, goes on after a reload, and is declined for good', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('data=mnist&engine=cpu');
  await page.getByRole('button', { name: 'Take the tour' }).click();
  const tour = page.getByRole('complementary').filter({ hasText: /^Step \d of 8/ });
  await expect(tour).toContainText('Step 1 of 8');
  await expect(page.getByRole('textbox', { name: 'Width of layer 1' })).toHaveValue('64');
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('slider', { name: 'Cut 1 of 1' })).toHaveAttribute('aria-valuenow', '2');
  await page.reload();
  await page.getByRole('button', { name: 'Go on with the tour' }).click();
  await expect(tour).toContainText('Step 2 of 8');
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(tour).toContainText('Press Train');
  await playground.finished();
  for (let step = 5; step < 8; step++) await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('slider', { name: 'Cut 1 of 1' })).toHaveAttribute('aria-valuenow', '1');
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(playground.train).toBeVisible();
  await expect(page.getByRole('button', { name: /the tour/ })).toHaveCount(0);
});

test('a link opens a step', async ({ playground }) => {
  await playground.open('data=mnist&tour=5');
  await expect(playground.page.getByText('Step 5 of 8')).toBeVisible();
  expect(playground.fragment()).not.toContain('tour');
});
