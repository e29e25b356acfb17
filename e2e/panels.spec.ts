import { screenText } from '../src/app/text/screen.ts';
import { VIEWS } from '../src/app/view.ts';
import { panels } from '../src/app/views/panels.ts';
import { expect, test } from './fixtures.ts';
import { SMALL } from './pages/playground.ts';
import { measure, MEASURED } from './support/measures.ts';

/** Their names are the views' own. */
const VIEW_HEADINGS = ['inside-heading', 'try-heading', 'runs-heading', 'about-heading'];
const { sections } = screenText.settings;

test('every view, what it holds and every section of the settings is two presses away, and is found by its name', async ({
  playground,
  page,
}) => {
  await playground.open(`data=mnist&epochs=1&engine=cpu&strategies=conventional,sil,pipeline&${SMALL}`);
  await playground.train.click();
  await playground.finished();
  const chosen = page.getByLabel('Chart', { exact: true });
  const named = async (at: { chart: string } | { id: string }, name: string) => {
    if ('chart' in at) return expect(chosen.locator('option:checked')).toHaveText(name);
    // Its name, with what a narrow place adds to it.
    await expect(page.locator(`#${at.id}`)).toContainText(name);
    await expect(page.locator(`#${at.id}`)).toBeAttached();
  };

  // By pressing: a tab, and for a chart alone the way to it and its name.
  for (const view of VIEWS) {
    await playground.view(screenText.views[view]);
    const held = panels().filter((panel) => panel.view === view);
    for (const { name, at } of held) {
      if ('chart' in at) await playground.chart(name);
      await named(at, name);
    }
    // Nothing with a name of its own is forgotten in the list; what is repeated has names that React made.
    const ids = await page
      .locator('#view :is(h2, h3, summary)[id]:not([id^="_r_"])')
      .evaluateAll((all) => all.map(({ id }) => id));
    const listed = held.flatMap(({ at }) => ('id' in at ? [at.id] : []));
    expect(ids.filter((id) => !listed.includes(id) && !VIEW_HEADINGS.includes(id))).toEqual([]);
  }
  await page.getByRole('button', { name: screenText.settings.name, exact: true }).click();
  const settings = page.getByRole('complementary', { name: screenText.settings.name, exact: true });
  for (const name of Object.values(sections)) {
    const section = settings.getByRole('button', { name: new RegExp(`^${name}`) });
    if ((await section.getAttribute('aria-expanded')) !== 'true') await section.click();
    await expect(section).toHaveAttribute('aria-expanded', 'true');
    const { small } = await page.evaluate(measure, { ...MEASURED, finger: 0 });
    expect(small, name).toEqual([]);
  }
  await playground.closeSettings();

  // By name.
  const search = page.getByRole('dialog', { name: screenText.search.name });
  const find = async (kind: string, name: string) => {
    await page.keyboard.press('Control+k');
    await search.getByRole('combobox').fill(name);
    const option = search.getByRole('option').filter({ hasText: kind }).filter({ hasText: name });
    await option.first().click();
    await expect(search).toBeHidden();
  };
  const { kinds } = screenText.search;
  for (const view of VIEWS) {
    await find(kinds.view, screenText.views[view]);
    await expect(page.getByRole('tabpanel', { name: screenText.views[view] })).toBeVisible();
  }
  for (const { name, view, at } of panels()) {
    await find(kinds.panel, name);
    await expect(page.getByRole('tabpanel', { name: screenText.views[view] })).toBeVisible();
    await named(at, name);
    if ('id' in at) await expect(page.locator(`#${at.id}`)).toBeFocused();
  }
  for (const name of Object.values(sections)) {
    await find(kinds.settings, name);
    await expect(settings.getByRole('button', { name: new RegExp(`^${name}`) })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  }
});
