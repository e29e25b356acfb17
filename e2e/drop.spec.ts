import { madeUpFiles } from '../src/data/testing.ts';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';

test('files dropped anywhere on the page become the data, and train', async ({ playground, page }) => {
  await playground.open(`data=mnist&${SMALL}&batch=32`);
  const files = [...(await madeUpFiles('emnist-letters'))].map(
    ([name, bytes]) => [name, [...bytes]] as const,
  );
  const dropped = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const [name, bytes] of list) transfer.items.add(new File([Uint8Array.from(bytes)], name));
    return transfer;
  }, files);
  const place = page.getByRole('main');
  await place.dispatchEvent('dragenter', { dataTransfer: dropped });
  await expect(page.getByText('Drop MNIST, EMNIST, runs or weights here')).toBeVisible();
  await place.dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('Drop MNIST, EMNIST, runs or weights here')).toHaveCount(0);
  await playground.unfold('Data');
  await expect(page.getByText(/120 to train on, 60 to test, 26 classes/)).toBeVisible();
  await expect(page.getByText('not the official bytes')).toBeVisible();
  await expect.poll(() => playground.fragment()).toContain('data=emnist-letters');
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
});
