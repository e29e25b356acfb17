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
  await expect(
    playground.page.getByText(
      /Conventional, [\d.]+% of its memory on the fullest device, nothing sent to train/,
    ),
  ).toBeVisible();
  const conventional = await playground.newestPercent('Test accuracy', 'Conventional');
  const sil = await playground.newestPercent('Test accuracy', 'SIL');
  const rows = await playground.table('Test accuracy');
  const first = parseFloat(rows[1][1]);
  expect(first).toBeLessThan(30);
  expect(conventional).toBeGreaterThan(first + 15);
  // A small network, one epoch: on MNIST the two lie within 5 points, on the sample's 47 uneven classes SIL is slower.
  expect(sil).toBeGreaterThan(first + 10);
  expect(sil).toBeGreaterThan(conventional - 25);
  await expect(playground.page.getByRole('banner')).toContainText('Engine: WebGPU');
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
  const traffic = playground.page
    .getByRole('table', { name: 'Traffic between devices' })
    .getByRole('row', { name: /^SIL/ })
    .getByRole('cell');
  await expect(traffic.nth(0)).toHaveText('0 B, 0 messages');
  await expect(traffic.nth(1)).not.toHaveText('0 B, 0 messages');

  const curve = await playground.table('Test accuracy');
  const address = playground.page.url();
  const other = await context.newPage();
  const { Playground } = await import('./pages/playground.ts');
  const again = new Playground(other);
  await other.goto(address);
  await expect(other.getByRole('list', { name: /One character of each class/ })).toBeVisible();
  expect(again.fragment()).toBe(playground.fragment());
  await again.train.click();
  await again.finished();
  expect(await again.table('Test accuracy')).toEqual(curve);
});

test('moving a cut by keyboard and by pointer moves the price and the link', async ({
  playground,
  isMobile,
}) => {
  await playground.open('data=mnist&layers=64x5&cuts=3');
  // The drawing lives before anything is trained.
  await expect(playground.page.getByText(/runs through the untrained network, which says \d/)).toBeVisible();
  const card = playground.page.getByRole('article').filter({ hasText: 'Device 1' });
  await expect(card).toContainText('Layers 1–3');
  const before = await card.textContent();
  await playground.slider('Cut 1 of 1').focus();
  await playground.page.keyboard.press('ArrowLeft');
  await expect(card).toContainText('Layers 1–2');
  expect(await card.textContent()).not.toBe(before);
  await expect(playground.slider('Cut 1 of 1')).toHaveAttribute('aria-valuetext', 'after layer 2, 64 units');
  await expect.poll(() => playground.fragment()).toContain('cuts=2');

  const thumb = await playground.slider('Cut 1 of 1').boundingBox();
  const { x, y, width, height } = thumb!;
  await playground.page.mouse.move(x + width / 2, y + height / 2);
  await playground.page.mouse.down();
  await playground.page.mouse.move(x + 2000, y + height / 2, { steps: 8 });
  await playground.page.mouse.up();
  await expect.poll(() => playground.fragment()).toContain('cuts=5');

  await playground.page.getByRole('button', { name: 'Add a cut' }).click();
  await expect(playground.page.getByRole('slider', { name: /^Cut \d of 2$/ })).toHaveCount(2);
  await expect(playground.page.getByText('3 partitions', { exact: true })).toBeVisible();

  // A handle goes by key, and its neighbour has the focus.
  await playground.slider('Cut 2 of 2').focus();
  await playground.page.keyboard.press('Delete');
  await expect(playground.slider('Cut 1 of 1')).toBeFocused();
  const [cut] = /cuts=(\d)/.exec(playground.fragment())!.slice(1);
  if (isMobile) return;
  // With a mouse the drawing itself is cut, where a line comes up, and a double click takes the cut away.
  const drawing = playground.page.getByRole('img', { name: /^A network of/ });
  const place = drawing
    .locator('g')
    .filter({ has: playground.page.locator('title', { hasText: 'Cut here' }) });
  await expect(place.last()).toHaveCSS('opacity', '0');
  await place.last().hover();
  await expect(place.last()).toHaveCSS('opacity', '1');
  await place.last().click();
  await expect(playground.page.getByText('3 partitions', { exact: true })).toBeVisible();
  await playground.slider('Cut 2 of 2').dblclick();
  await expect.poll(() => playground.fragment()).toContain(`cuts=${cut}`);
  await expect(playground.page.getByText('2 partitions', { exact: true })).toBeVisible();
});

test('a pause holds, one turn is one turn, a reset can be undone', async ({ playground }) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.step.click();
  await expect(playground.clock('SIL')).toContainText('paused');
  const rows = await playground.table('Test accuracy');
  expect(rows).toHaveLength(3);
  await playground.reset.click();
  await expect(playground.messages).toContainText('Training was reset.');
  await playground.messages.getByRole('button', { name: 'Undo' }).click();
  expect(await playground.table('Test accuracy')).toEqual(rows);
});

test('changing the network while training starts again and says so', async ({ playground }) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.step.click();
  await expect(playground.clock('SIL')).toContainText('paused');
  await playground.page.getByRole('button', { name: 'Add a hidden layer' }).first().click();
  await expect(playground.messages).toContainText('starts again');
  await expect(playground.clock('SIL')).toContainText('ready');
  // By the key that takes back everywhere.
  await playground.page.keyboard.press('Control+z');
  await expect(playground.clock('SIL')).toContainText('paused');
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
  await expect(other.getByRole('textbox', { name: 'Width of layer 2' })).toHaveValue('32');
  await expect(other.getByText('2 partitions', { exact: true })).toBeVisible();
});

test('keys: space trains and pauses, a full stop takes a turn, a question mark lists them', async ({
  playground,
}) => {
  await playground.open(`data=mnist&${SMALL}`);
  await playground.page.keyboard.press('.');
  await expect(playground.clock('SIL')).toContainText('paused');
  await playground.page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await playground.page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();
  await playground.page.keyboard.press('?');
  await expect(playground.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('every part of the page is two clicks away, and the address stays the experiment', async ({
  playground,
  isMobile,
}) => {
  await playground.open(SMALL);
  const { page } = playground;
  const before = page.url();
  const unfold = page.getByRole('group').filter({ has: page.locator('summary[aria-label="Go to"]') });
  await expect(page.getByRole('heading', { name: 'Runs', exact: true })).toBeVisible();
  for (const part of ['Runs', 'How it works', 'Network']) {
    await unfold.locator('summary').click();
    await unfold.getByRole('button', { name: part, exact: true }).click();
    await expect(page.getByRole('heading', { name: part, exact: true })).toBeFocused();
    await expect(page.getByRole('heading', { name: part, exact: true })).toBeInViewport();
  }
  // Settings lie beside the page on a desk, and at its end on a phone.
  await unfold.locator('summary').click();
  const settings = unfold.getByRole('button', { name: 'Settings', exact: true });
  await expect(settings).toHaveCount(isMobile ? 1 : 0);
  if (isMobile) {
    await settings.click();
    await expect(page.getByRole('heading', { name: 'Data', exact: true })).toBeInViewport();
  }
  expect(page.url()).toBe(before);
});
