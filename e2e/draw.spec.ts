import type { CDPSession, Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.use({ hasTouch: true });

/** A trained network and a sheet in the middle of the screen. */
const QUICK = 'data=mnist&layers=48x3&cuts=1,2&batch=256&turn=60&test=500&epochs=1&engine=cpu';

/** Pixels of the sheet that have ink. */
const inkOn = (sheet: Locator) =>
  sheet.evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  });

/** Several fingers at once, as the browser's own input: the page cannot tell them from a hand. */
class Hand {
  readonly #fingers = new Map<number, { x: number; y: number }>();
  readonly #browser: CDPSession;
  readonly #box: { x: number; y: number; width: number; height: number };

  constructor(browser: CDPSession, box: { x: number; y: number; width: number; height: number }) {
    this.#browser = browser;
    this.#box = box;
  }

  /** Places are shares of the sheet. */
  async put(id: number, x: number, y: number): Promise<void> {
    await this.#touch(this.#fingers.has(id) ? 'touchMove' : 'touchStart', id, x, y);
  }

  async lift(id: number): Promise<void> {
    await this.#send('touchEnd', id);
    this.#fingers.delete(id);
  }

  async pen(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number): Promise<void> {
    await this.#browser.send('Input.dispatchMouseEvent', {
      type,
      ...this.#at(x, y),
      pointerType: 'pen',
      button: type === 'mouseMoved' ? 'none' : 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
    });
  }

  async #touch(type: 'touchStart' | 'touchMove', id: number, x: number, y: number): Promise<void> {
    this.#fingers.set(id, this.#at(x, y));
    await this.#send(type);
  }

  /** The browser wants all fingers that are down; at an end, those that end. */
  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', only?: number): Promise<void> {
    const touchPoints = [...this.#fingers]
      .filter(([id]) => only === undefined || id === only)
      .map(([id, place]) => ({ id, ...place }));
    await this.#browser.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  #at(x: number, y: number) {
    return { x: this.#box.x + x * this.#box.width, y: this.#box.y + y * this.#box.height };
  }
}

test('one pointer draws: a palm or a second finger wipes, adds and ends nothing', async ({
  playground,
  page,
  context,
}) => {
  await playground.open(QUICK);
  await playground.view('Try it');
  const panel = page.getByRole('region', { name: 'Try it', exact: true });
  const sheet = panel.getByRole('img', { name: /Draw here/ });
  await sheet.scrollIntoViewIfNeeded();
  const hand = new Hand(await context.newCDPSession(page), (await sheet.boundingBox())!);

  // A line in two halves is all the ink there is, with a palm in between that lands, rolls and leaves.
  await hand.put(1, 0.3, 0.2);
  await hand.put(1, 0.3, 0.5);
  await expect.poll(() => inkOn(sheet)).toBeGreaterThan(0);
  const half = await inkOn(sheet);
  await hand.put(2, 0.8, 0.8);
  await hand.put(2, 0.7, 0.9);
  await hand.lift(2);
  await hand.put(1, 0.3, 0.8);
  await expect.poll(() => inkOn(sheet)).toBeGreaterThan(1.5 * half);
  await hand.lift(1);
  await expect(panel.getByRole('button', { name: 'Undo stroke' })).toBeEnabled();
  const line = await inkOn(sheet);
  expect(line).toBeLessThan(2.5 * half);
  // One stroke: what takes it back leaves nothing.
  await panel.getByRole('button', { name: 'Undo stroke' }).click();
  expect(await inkOn(sheet)).toBe(0);

  // The hand comes first, then the pen it holds: the pen draws.
  await hand.put(1, 0.8, 0.9);
  await hand.put(1, 0.9, 0.9);
  await hand.pen('mousePressed', 0.3, 0.2);
  await hand.pen('mouseMoved', 0.3, 0.5);
  await hand.put(1, 0.9, 0.6);
  await hand.pen('mouseMoved', 0.3, 0.8);
  await hand.lift(1);
  await hand.pen('mouseReleased', 0.3, 0.8);
  await expect(panel.getByRole('button', { name: 'Undo stroke' })).toBeEnabled();
  // The same line, within the rounding of pixels at its edge.
  expect(Math.abs((await inkOn(sheet)) - line)).toBeLessThan(0.1 * line);
});

test('every canvas looks as the page does: light, dark, on paper, in high contrast', async ({
  playground,
  page,
}) => {
  await playground.open(QUICK);
  await playground.train.click();
  await playground.finished();
  await playground.view('Try it');
  const panel = page.getByRole('region', { name: 'Try it', exact: true });
  const sheet = panel.getByRole('img', { name: /Draw here/ });
  await sheet.scrollIntoViewIfNeeded();
  const box = (await sheet.boundingBox())!;
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.8 * box.height, { steps: 5 });
  await page.mouse.up();
  await expect(panel.getByRole('list', { name: 'SIL: most likely' }).getByRole('listitem')).toHaveCount(5);
  await expect(panel.getByRole('img', { name: /rows are true classes/ })).toBeVisible();
  await playground.settled();

  /** What is on each canvas, once two looks in a row agree: dots glide to their places. */
  const canvases = async () => {
    const look = () =>
      page.evaluate(() => [...document.querySelectorAll('canvas')].map((one) => one.toDataURL()));
    let seen = await look();
    await expect
      .poll(async () => {
        const before = seen;
        seen = await look();
        return seen.every((one, at) => one === before[at]);
      })
      .toBe(true);
    return seen;
  };
  const light = await canvases();
  // Strips, heat maps, two sheets, what is seen on them, a matrix, a gallery.
  expect(light.length).toBeGreaterThan(20);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const dark = await canvases();
  expect(dark.filter((one, at) => one === light[at])).toEqual([]);

  // A printer takes the page as it is when it is told of it.
  await page.evaluate(() => {
    addEventListener('beforeprint', () => {
      const seen = [...document.querySelectorAll('canvas')].map((one) => one.toDataURL());
      Object.assign(window, { printed: seen });
    });
  });
  await page.pdf();
  expect(await page.evaluate(() => (window as unknown as { printed: string[] }).printed)).toEqual(light);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await canvases()).toEqual(dark);

  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
  const colours = () =>
    sheet.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
      return {
        ink: `rgb(${data.slice(0, 3).join(', ')})`,
        letters: getComputedStyle(document.body).color,
      };
    });
  await expect.poll(async () => (await colours()).letters).not.toBe('rgb(237, 240, 246)');
  const { ink, letters } = await colours();
  expect(ink).toBe(letters);
});

test('another data set empties what the networks see, and sees the sheet again', async ({
  playground,
  page,
}) => {
  await playground.open(QUICK);
  await playground.view('Try it');
  const panel = page.getByRole('region', { name: 'Try it', exact: true });
  const sheet = panel.getByRole('img', { name: /Draw here/ });
  await sheet.scrollIntoViewIfNeeded();
  const box = (await sheet.boundingBox())!;
  await page.mouse.click(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
  await expect(panel.getByText(/^Cropped, centred/)).toBeVisible();
  const drawn = await inkOn(sheet);
  await playground.unfold('Data');
  const { madeUpFiles } = await import('../src/data/testing.ts');
  await page
    .getByRole('region', { name: 'Data', exact: true })
    .locator('input[type=file]')
    .setInputFiles(
      [...(await madeUpFiles('emnist-letters'))].map(([name, bytes]) => ({
        name,
        mimeType: 'application/gzip',
        buffer: Buffer.from(bytes),
      })),
    );
  await expect(page.getByText(/120 to train on, 60 to test, 26 classes/)).toBeVisible();
  expect(await inkOn(sheet)).toBe(drawn);
  await expect(panel.getByText(/^Cropped, centred/)).toBeVisible();
});
