import { expect, test } from './fixtures.ts';

test('the tour moves the real controls, opens the views it speaks of, and goes on after a reload', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('data=mnist&engine=cpu');
  await page.getByRole('button', { name: 'Tour', exact: true }).click();
  const tour = page.getByRole('complementary').filter({ hasText: /^Step \d of 9/ });
  await expect(tour).toContainText('Step 1 of 9');
  await expect.poll(() => playground.fragment()).toContain('layers=64');
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('slider', { name: 'Cut 1 of 1' })).toHaveAttribute('aria-valuenow', '2');
  await page.reload();
  await page.getByRole('button', { name: 'Tour', exact: true }).click();
  await expect(tour).toContainText('Step 2 of 9');
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Inside SIL' })).toBeVisible();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('radio', { name: 'A few points below' }).check();
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(tour).toContainText('Press Train');
  await playground.finished();
  await tour.getByRole('button', { name: 'Next' }).click();
  await expect(tour).toContainText(/You expected: “A few points below”. Measured so far: /);
  for (let step = 7; step < 9; step++) await tour.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('slider', { name: 'Cut 1 of 1' })).toHaveAttribute('aria-valuenow', '1');
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('button', { name: 'Done' }).click();
  await expect(tour).toHaveCount(0);
});

test('a link opens a step', async ({ playground }) => {
  await playground.open('data=mnist&tour=6');
  await expect(playground.page.getByText('Step 6 of 9')).toBeVisible();
  expect(playground.fragment()).not.toContain('tour');
});
