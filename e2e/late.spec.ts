import { expect, test } from './fixtures.ts';

// Parts of the page that are fetched when they are first wanted, and cannot be.
test.use({ expectedErrors: [/Failed to load resource|net::ERR|^PartNotFetchedError/] });

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

test('late parts fail where they stand, try again, and the run goes on', async ({ playground, page }) => {
  const parts = /assets\/(ShareSheet|CostsPanel|LayerStats|script|template|save-picture)-[\w-]+\.js/;
  await page.route(parts, (route) => route.abort());
  await playground.open(QUICK);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');

  const failed = (what: string) => page.getByRole('alert').filter({ hasText: what });
  const saysSo = async (what: string) =>
    await expect(failed(what)).toContainText('This part of the page could not be fetched');
  await playground.view('Costs');
  await saysSo('The costs could not be shown.');
  // A second try that fails says so again, and nothing else changes.
  await failed('The costs').getByRole('button', { name: 'Try again' }).click();
  await saysSo('The costs could not be shown.');
  await expect(playground.clock).toContainText('paused');
  await playground.view('Inside SIL');
  await page.getByText('Layers in numbers').first().click();
  await saysSo('The numbers of the layers could not be shown.');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await saysSo('Sharing is not possible now.');
  await page.keyboard.press('Escape');
  // Behind buttons, too.
  await playground.unfold('Weights and export');
  await page.getByRole('button', { name: 'Export to PyTorch' }).click();
  const settings = page.getByRole('complementary', { name: 'Settings' });
  await expect(settings.getByRole('alert')).toContainText('could not be fetched');
  await playground.view('Curves');
  await playground.chart('Test accuracy');
  const accuracy = page.getByRole('region', { name: 'Test accuracy', exact: true });
  await accuracy.getByText('Save', { exact: true }).click();
  await accuracy.getByRole('button', { name: 'SVG', exact: true }).click();
  await expect(accuracy.getByRole('alert')).toContainText('could not be fetched');

  // A view that failed is asked for anew when it is opened anew.
  await playground.view('Costs');
  await saysSo('The costs could not be shown.');
  await page.unroute(parts);
  await failed('The costs').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'What each strategy costs' })).toBeVisible();
  await playground.view('Inside SIL');
  await page.getByText('Layers in numbers').first().click();
  await expect(page.getByRole('region', { name: 'Layers in numbers' })).toBeVisible();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Copy link to settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export to PyTorch' }).click();
  expect((await saved).suggestedFilename()).toBe('piecewise-experiment.py');
  await expect(settings.getByRole('alert')).toHaveCount(0);
  await playground.view('Curves');
  await playground.chart('Test accuracy');
  const picture = page.waitForEvent('download');
  await accuracy.getByText('Save', { exact: true }).click();
  await accuracy.getByRole('button', { name: 'SVG', exact: true }).click();
  await picture;
  // The run that was paused goes on to its end.
  await playground.train.click();
  await playground.finished();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a tour that cannot be fetched leaves the page as it is', async ({ playground, page }) => {
  const tour = /assets\/Tour-[\w-]+\.js/;
  await page.route(tour, (route) => route.abort());
  await playground.open(QUICK);
  await page.getByRole('button', { name: 'Tour', exact: true }).click();
  const failed = page.getByRole('alert').filter({ hasText: 'The tour could not be shown.' });
  await expect(failed).toBeInViewport();
  await expect(page.getByRole('region', { name: 'Network', exact: true })).toBeVisible();
  await page.unroute(tour);
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Step 1 of 9')).toBeVisible();
  await expect(failed).toHaveCount(0);
});
