import { expect, test } from './fixtures.ts';

const QUICK = 'data=mnist&layers=48x3&cuts=2&batch=256&turn=20&test=500&epochs=2&engine=cpu';

test('what is read aloud speaks of what a person did, and of a run’s beginning and end, not all the while', async ({
  playground,
  page,
}) => {
  await playground.open(QUICK);
  await playground.step.click();
  await expect(playground.clock).toContainText('paused');
  await playground.view('Try it');
  await page.getByRole('button', { name: 'A test character' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^SIL: most likely “/ })).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'SIL: most likely' })).toContainText('%');
  await expect(page.getByRole('list', { name: 'Conventional: most likely' })).toContainText('%');
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
  for (const one of said) expect(one).toMatch(/SIL/);
  expect(said.length).toBeLessThanOrEqual(2);
  await expect(page.locator('[role=status] [role=alert], [aria-live] [role=alert]')).toHaveCount(0);
});
