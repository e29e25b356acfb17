import { gzipSync } from 'node:zlib';
import { madeUpFile } from '../src/data/testing.ts';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

const DISTURBED = 'data=mnist&layers=10000x3&cuts=9&width=1e9&batch=many&seed=-1';

test('a link with nonsense opens, and says what it did not take', async ({ playground }) => {
  await playground.open(DISTURBED);
  await expect(playground.messages).toContainText('10000');
  await expect(playground.messages).toContainText('batch', { ignoreCase: true });
  await expect(playground.train).toBeEnabled();
});

test.describe('without WebGPU', () => {
  test('asking for it falls back to the processor and says so', async ({ playground, page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined, configurable: true });
    });
    await playground.open(`data=mnist&${SMALL}&engine=webgpu`);
    const fallback = /WebGPU was asked for but cannot run here: .*recent Chrome/;
    await expect(playground.messages).toContainText(fallback);
    await page.locator('summary[aria-label="More"]').click();
    await page.getByRole('button', { name: 'This machine' }).click();
    const machine = page.getByRole('dialog', { name: 'This machine' });
    await expect(machine).toContainText('Engine: CPU');
    await expect(machine).toContainText(fallback);
    await page.keyboard.press('Escape');
    await playground.step.click();
    await expect(playground.clock).toContainText('paused');
  });
});

test('a worker that cannot be loaded is a sentence, and the page lives', async ({
  playground,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource|net::ERR|404/);
  await playground.open(`data=mnist&${SMALL}`);
  // The device's own worker; the one that reads data is there already.
  await page.context().route(/assets\/worker-[\w-]+\.js/, (route) => route.abort());
  await playground.train.click();
  await expect(page.getByRole('alert').filter({ hasText: 'stopped' }).first()).toContainText('Device 1');
  await expect(page.getByRole('button', { name: 'Train again' })).toBeVisible();
});

for (const { name, files, sentence } of [
  {
    name: 'a zero-byte file',
    files: [{ name: 'emnist-letters-train-images-idx3-ubyte.gz', buffer: Buffer.alloc(0) }],
    sentence: /empty|0 bytes|missing/i,
  },
  {
    name: 'a truncated gzip',
    files: ['train-images-idx3', 'train-labels-idx1', 'test-images-idx3', 'test-labels-idx1'].map((part) => ({
      name: `emnist-letters-${part}-ubyte.gz`,
      buffer: gzipSync(Buffer.alloc(5000, 7)).subarray(0, 24),
    })),
    sentence: /emnist-letters-.*(cut short|broken|damaged|truncated|incomplete)/i,
  },
  {
    name: 'a file that is no data at all',
    files: [{ name: 'holiday.txt', buffer: Buffer.from('Dear diary') }],
    sentence: /holiday\.txt|four files/i,
  },
]) {
  test(`${name} is refused with a sentence, and the data in use stays`, async ({ playground, page }) => {
    await playground.open('data=mnist');
    await playground.unfold('Data');
    await expect(page.getByText('60,000 to train on')).toBeVisible();
    await page
      .getByRole('region', { name: 'Data', exact: true })
      .locator('input[type=file]')
      .setInputFiles(files.map((file) => ({ ...file, mimeType: 'application/octet-stream' })));
    await expect(page.getByRole('alert')).toContainText(sentence);
    await expect(page.getByText('60,000 to train on')).toBeVisible();
  });
}

test('files that leave something open are asked about, with samples, and taken as answered', async ({
  playground,
  page,
}) => {
  await playground.open('data=mnist');
  await playground.unfold('Data');
  const files = [
    { name: 'part1', buffer: Buffer.from(madeUpFile('mnist', 'train-images', 40)) },
    { name: 'part2', buffer: Buffer.from(madeUpFile('mnist', 'train-labels', 40)) },
    { name: 'part3', buffer: Buffer.from(madeUpFile('mnist', 'test-images', 40)) },
    { name: 'part4', buffer: Buffer.from(madeUpFile('mnist', 'test-labels', 40)) },
  ];
  await page
    .getByRole('region', { name: 'Data', exact: true })
    .locator('input[type=file]')
    .setInputFiles(files.map((file) => ({ ...file, mimeType: 'application/octet-stream' })));
  const dialog = page.getByRole('dialog', { name: 'What are these files?' });
  await expect(dialog).toContainText('which way is up');
  await expect(dialog.getByRole('list', { name: /sample/i }).getByRole('listitem')).toHaveCount(10);
  const turn = dialog.getByRole('button', { name: 'Turn' });
  await turn.press('Enter');
  await expect(dialog).not.toContainText('which way is up');
  await expect(turn).toBeFocused();
  await dialog.getByRole('combobox', { name: 'Data set' }).selectOption('emnist-digits');
  await expect(dialog.getByRole('status')).toContainText('EMNIST Digits, 40 to train on and 40 to test');
  await page.screenshot({ path: 'artifacts/files-dialog.png' });
  await dialog.getByRole('button', { name: 'Use these' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('40 to train on')).toBeVisible();
});
