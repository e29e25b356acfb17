import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=20&test=500&epochs=2&engine=cpu';

test('what is read aloud speaks of what a person did, and of a run’s beginning and end, not all the while', async ({
  playground,
  page,
}) => {
  await playground.open(QUICK);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  await page.getByRole('button', { name: 'A test character' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^SIL: most likely “/ })).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'SIL: most likely' })).toContainText('%');
  await expect(page.getByRole('list', { name: 'Conventional: most likely' })).toContainText('%');
  // A place on the curves that goes on being shown, beside what the networks see, on a screen that has room for all.
  await page.setViewportSize({ width: 1440, height: 4000 });
  await page.evaluate(() => scrollTo(0, 0));
  const place = async () =>
    (await page
      .getByRole('region', { name: 'Test accuracy', exact: true })
      .locator('svg.recharts-surface')
      .last()
      .boundingBox())!;
  await expect(async () => {
    const box = await place();
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.5 * box.height);
    // Looked at as it is: the pointer is moved again where nothing came of it.
    const reading = page.getByRole('region', { name: 'Loss', exact: true }).locator('output').first();
    expect(await reading.isVisible()).toBe(true);
  }).toPass();
  const verdict = page.getByRole('list', { name: 'SIL: most likely' });
  const before = await verdict.textContent();

  const heard = await page.evaluateHandle(() => {
    const said: string[] = [];
    const spoken = '[role=status], [role=alert], [role=log], output, [aria-live]';
    const regionOf = (node: Node): Element | null => {
      const element = node instanceof Element ? node : node.parentElement;
      const region = element?.closest(spoken) ?? null;
      return region?.getAttribute('aria-live') === 'off' ? null : region;
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const inserted = [...addedNodes].flatMap((node) =>
          node instanceof Element ? [...node.querySelectorAll('[role=alert]')] : [],
        );
        for (const region of new Set([regionOf(target), ...inserted]))
          if (region) said.push(region.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return said;
  });
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press(' ');
  await playground.finished();
  // What is not said has changed all the same.
  expect(await verdict.textContent()).not.toBe(before);
  const said = await heard.jsonValue();
  // Each strategy says its end once.
  for (const one of said) expect(one).toMatch(/of all [\d,]+ test images/);
  expect(said.length).toBeLessThanOrEqual(2);
  await expect(page.locator('[role=status] [role=alert], [aria-live] [role=alert]')).toHaveCount(0);
});
