import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

// Beside the app is EMNIST (the sample, where EMNIST_DIR names one) or, without it, MNIST.
const REAL = `${SMALL.replace('256', '128')}&epochs=1&engine=webgpu`;

test('open, train: both curves rise, and SIL ends near conventional training', async ({ playground }) => {
  await playground.open(REAL);
  await playground.train.click();
  await expect(playground.page).toHaveTitle(/^\d+% · Piecewise$/);
  await playground.finished();
  await expect(playground.page).toHaveTitle('✓ Piecewise');
  await expect(playground.result).toContainText(
    /SIL: ([\d.]+ points (below|above)|as accurate), \d+% of the memory, 0 B sent/,
  );
  const conventional = await playground.newestPercent('Test accuracy', 'Conventional');
  const sil = await playground.newestPercent('Test accuracy', 'SIL');
  const rows = await playground.table('Test accuracy');
  const first = parseFloat(rows[1][1]);
  expect(first).toBeLessThan(30);
  expect(conventional).toBeGreaterThan(first + 15);
  // A small network, one epoch: on MNIST the two lie within 5 points, on the sample's 47 uneven classes SIL is slower.
  expect(sil).toBeGreaterThan(first + 10);
  expect(sil).toBeGreaterThan(conventional - 25);
  await playground.page.locator('summary[aria-label="More"]').click();
  await playground.page.getByRole('button', { name: 'This machine' }).click();
  await expect(playground.page.getByRole('dialog', { name: 'This machine' })).toContainText('Engine: WebGPU');
});

test('on MNIST, SIL ends within five points, sends nothing, and the same link gives the same curve', async ({
  playground,
  context,
}) => {
  const link = `data=mnist&${SMALL}&epochs=2`;
  await playground.open(link);
  await playground.train.click();
  await playground.finished();
  const conventional = await playground.newestPercent('Test accuracy', 'Conventional');
  expect(conventional).toBeGreaterThan(85);
  expect(await playground.newestPercent('Test accuracy', 'SIL')).toBeGreaterThan(conventional - 5);
  await playground.chart('Traffic between devices');
  const traffic = playground.page
    .getByRole('table', { name: 'Traffic between devices' })
    .getByRole('row', { name: /^SIL/ })
    .getByRole('cell');
  await traffic.first().scrollIntoViewIfNeeded();
  await expect(traffic.nth(0)).toHaveText('0 B, 0 messages');
  await expect(traffic.nth(1)).not.toHaveText('0 B, 0 messages');

  const curve = await playground.table('Test accuracy');
  const address = playground.page.url();
  const other = await context.newPage();
  const { Playground } = await import('./pages/playground.ts');
  const again = new Playground(other);
  await other.goto(address);
  await again.ready();
  expect(again.fragment()).toBe(playground.fragment());
  await again.train.click();
  await again.finished();
  expect(await again.table('Test accuracy')).toEqual(curve);
});

test('moving a cut by keyboard and by pointer moves the cost and the link', async ({
  playground,
  isMobile,
}) => {
  await playground.open('data=mnist&layers=64x5&cuts=3');
  // The drawing lives before anything is trained.
  await expect(playground.page.getByText(/runs through the untrained network, which says \d/)).toBeVisible();
  await expect(playground.result).toContainText(/MB of/);
  const before = await playground.result.textContent();
  await playground.slider('Cut 1 of 1').focus();
  await playground.page.keyboard.press('ArrowLeft');
  await expect(playground.result).not.toHaveText(before!);
  await expect(playground.slider('Cut 1 of 1')).toHaveAttribute('aria-valuetext', 'after layer 2, 64 units');
  await expect.poll(() => playground.fragment()).toContain('cuts=2');

  // Pressed where it comes to rest.
  const handle = playground.slider('Cut 1 of 1');
  await handle.hover();
  const { x, y, height } = (await handle.boundingBox())!;
  await playground.page.mouse.down();
  await playground.page.mouse.move(x + 2000, y + height / 2, { steps: 8 });
  await playground.page.mouse.up();
  await expect.poll(() => playground.fragment()).toContain('cuts=5');

  // Where the stage has no room for its steppers, they are in the settings.
  const settings = isMobile ? await playground.unfold('Layers and cuts') : playground.page.getByRole('main');
  await settings.getByRole('button', { name: 'Add a cut' }).click();
  await expect(settings.getByText('2 cuts', { exact: true })).toBeVisible();
  if (isMobile) await playground.closeSettings();
  await expect(playground.page.getByRole('slider', { name: /^Cut \d of 2$/ })).toHaveCount(2);

  // A handle goes by key, and its neighbour has the focus.
  await playground.slider('Cut 2 of 2').focus();
  await playground.page.keyboard.press('Delete');
  await expect(playground.slider('Cut 1 of 1')).toBeFocused();
  const [cut] = /cuts=(\d)/.exec(playground.fragment())!.slice(1);
  if (isMobile) return;
  // With a mouse the drawing itself is cut, where a line comes up, and a double click takes the cut away.
  const drawing = playground.page.getByRole('img', { name: /network of .* units on/ });
  const place = drawing
    .locator('g')
    .filter({ has: playground.page.locator('title', { hasText: 'Cut here' }) });
  await expect(place.last()).toHaveCSS('opacity', '0');
  await place.last().hover();
  await expect(place.last()).toHaveCSS('opacity', '1');
  await place.last().click();
  await expect(playground.page.getByText('2 cuts', { exact: true })).toBeVisible();
  await playground.slider('Cut 2 of 2').dblclick();
  await expect.poll(() => playground.fragment()).toContain(`cuts=${cut}`);
  await expect(playground.page.getByText('1 cut', { exact: true })).toBeVisible();
});

test('a pause holds, one turn is one turn, a reset can be undone', async ({ playground }) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.press(playground.step);
  await expect(playground.clock).toContainText('paused');
  const rows = await playground.table('Test accuracy');
  expect(rows).toHaveLength(3);
  await playground.press(playground.reset);
  await expect(playground.messages).toContainText('Training was reset.');
  await playground.messages.getByRole('button', { name: 'Undo' }).click();
  expect(await playground.table('Test accuracy')).toEqual(rows);
});

test('changing the network while training starts again and says so', async ({ playground, isMobile }) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.press(playground.step);
  await expect(playground.clock).toContainText('paused');
  const settings = isMobile ? await playground.unfold('Layers and cuts') : playground.page.getByRole('main');
  await settings.getByRole('button', { name: 'Add a hidden layer' }).first().click();
  await expect(playground.messages).toContainText('starts again');
  await expect(playground.result).toContainText('Ready');
  // By the key that takes back everywhere.
  await playground.page.keyboard.press('Control+z');
  await expect(playground.clock).toContainText('paused');
  await expect(playground.messages).toBeEmpty();
});

test('a copied link holds every setting', async ({ playground, context, browserName }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open('data=mnist&layers=48,32&cuts=1&seed=9');
  await playground.page.getByRole('button', { name: 'Share', exact: true }).click();
  await playground.page.getByRole('button', { name: 'Copy link to settings' }).click();
  await expect(playground.page.getByText(/Link copied/)).toBeVisible();
  const link = await playground.page.evaluate(() => navigator.clipboard.readText());
  expect(link, browserName).toMatch(/#v=1&data=mnist&layers=48,32&cuts=1&seed=9$|seed=9/);
  const other = await context.newPage();
  await other.goto(link);
  const { Playground } = await import('./pages/playground.ts');
  const opened = new Playground(other);
  await opened.ready();
  await expect(other.getByText('1 cut', { exact: true })).toBeVisible();
  await opened.unfold('Layers and cuts');
  await expect(other.getByRole('textbox', { name: 'Width of layer 2' })).toHaveValue('32');
});

test('keys: space trains and pauses, a full stop takes a turn, a question mark lists them', async ({
  playground,
}) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.page.keyboard.press('.');
  await expect(playground.clock).toContainText('paused');
  await playground.page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await playground.page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();
  await playground.page.keyboard.press('?');
  await expect(playground.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('every view is one press away, by key as well, and in the link; the experiment stays', async ({
  playground,
}) => {
  await playground.open(`data=mnist&${SMALL}`);
  const { page } = playground;
  for (const [name, id] of [
    ['Inside SIL', 'inside'],
    ['Try it', 'try'],
    ['Devices', 'devices'],
    ['Costs', 'costs'],
    ['Runs', 'runs'],
    ['How it works', 'how'],
  ]) {
    await playground.view(name);
    await expect.poll(() => playground.fragment()).toContain(`view=${id}`);
    // What is not seen is not there.
    await expect(page.getByRole('tabpanel')).toHaveCount(1);
  }
  await page.getByRole('tab', { name: 'How it works' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Curves' })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Curves' })).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => playground.fragment()).not.toContain('view=');
  await page.keyboard.press('ArrowLeft');
  await page.reload();
  await expect(page.getByRole('tab', { name: 'How it works' })).toHaveAttribute('aria-selected', 'true');
});

test('keys: the search finds settings, views and presets, and opens what is chosen', async ({
  playground,
}) => {
  await playground.open(`data=mnist&${SMALL}`);
  const { page } = playground;
  const search = page.getByRole('dialog', { name: 'Search' });
  const field = search.getByRole('combobox', { name: 'Search' });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await field.fill('learning');
  await expect(search.getByRole('option').first()).toContainText('Learning rate');
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Learning rate', exact: true })).toBeFocused();
  // From within a field as well.
  await page.keyboard.press('Control+k');
  await field.fill('lanes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tabpanel', { name: 'Devices' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await field.fill('six');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('slider', { name: /^Cut \d of 5$/ })).toHaveCount(5);
  await page.keyboard.press('Control+k');
  await field.fill('zzz');
  await expect(search.getByRole('status')).toHaveText('Nothing here is called “zzz”.');
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
});
