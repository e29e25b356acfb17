/** The playground as a person uses it: everything by the names on the screen. */
import { expect, type Locator, type Page } from '@playwright/test';

/** A small network that trains in seconds on a software adapter. */
export const SMALL = 'layers=64x3&cuts=2&batch=256&turn=60&test=500';

export class Playground {
  readonly page: Page;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  /** The play controls and their time: epochs to come, what is left, "paused", "done in …". */
  readonly clock: Locator;
  /** The ledger: how it stands, in words and in three numbers. */
  readonly result: Locator;
  readonly messages: Locator;
  /** Takes a file of weights, in the settings' section on them. */
  readonly weightsFile: Locator;

  constructor(page: Page) {
    this.page = page;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.train = button('Train');
    this.pause = button('Pause');
    this.step = button('One turn');
    this.reset = button('Again from the start');
    this.clock = page.getByRole('group', { name: 'Training', exact: true });
    this.result = page.getByRole('region', { name: 'Result', exact: true });
    this.weightsFile = page.locator('input[type=file][accept=".safetensors"]');
    this.messages = page.getByRole('status', { name: 'Messages' });
  }

  /** Opens an experiment and waits until its data is there. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`./${fragment ? `#${fragment}` : ''}`);
    await this.ready();
  }

  /** The data is there: the network is drawn as soon as they say how large images are. */
  async ready(): Promise<void> {
    await expect(this.page.getByRole('img', { name: /network of .* units on/ })).toBeVisible();
  }

  /** Opens a view by its tab. */
  async view(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
    await expect(this.page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
  }

  /** Opens a section of the settings, and the settings where they are shut. */
  async unfold(title: string): Promise<Locator> {
    const settings = this.page.getByRole('complementary', { name: 'Settings', exact: true });
    const section = settings.getByRole('button', { name: new RegExp(`^${title}`) });
    if (!(await section.isVisible()))
      await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
    if ((await section.getAttribute('aria-expanded')) !== 'true') await section.click();
    return settings;
  }

  async closeSettings(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close the settings' }).click();
  }

  /** Presses one of the play controls, which on a phone stand in the menu. */
  async press(control: Locator): Promise<void> {
    if (!(await control.isVisible())) await this.page.locator('summary[aria-label="More"]').click();
    await control.click();
  }

  /** All strategies are done, and what is open shows it. */
  async finished(): Promise<void> {
    await expect(this.clock).toContainText('done in');
    await this.settled();
  }

  /** Every part of the page shows what is known: charts and tables are drawn some times a second, and say so meanwhile. */
  async settled(): Promise<void> {
    // Two frames: one in which parts learn that they are seen, one that shows it.
    await this.page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await expect(this.page.locator('[aria-busy="true"]')).toHaveCount(0);
  }

  /** The whole page as a picture to look at. The window grows to show it: what is off the screen is not drawn. */
  async picture(name: string): Promise<void> {
    const size = this.page.viewportSize()!;
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    await this.page.setViewportSize({ ...size, height });
    await this.settled();
    await this.page.screenshot({ path: `artifacts/${name}.png`, scale: 'css' });
    await this.page.setViewportSize(size);
  }

  /** A chart's numbers: rows of the table view, as text. */
  async table(name: string, view = 'Curves'): Promise<string[][]> {
    const tab = this.page.getByRole('tab', { name: view, exact: true });
    if ((await tab.count()) > 0 && (await tab.getAttribute('aria-selected')) !== 'true')
      await this.view(view);
    const chart = this.page.getByRole('region', { name, exact: true });
    const alone = this.page.getByLabel('Chart', { exact: true });
    const more = this.page.getByRole('button', { name: 'More curves' });
    if (await more.or(alone).isVisible()) await this.chart(name);
    const toggle = chart.getByRole('button', { name: 'Table', exact: true });
    if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
    const table = this.page.getByRole('table', { name, exact: true });
    // What is off the screen is not drawn.
    await table.scrollIntoViewIfNeeded();
    await expect(table.locator('th').nth(1)).toBeVisible();
    await this.settled();
    return table
      .locator('tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
      );
  }

  /** One of the curves alone, with its tools. */
  async chart(name: string): Promise<void> {
    const more = this.page.getByRole('button', { name: 'More curves' });
    if (await more.isVisible()) await more.click();
    await this.page.getByLabel('Chart', { exact: true }).selectOption(name);
  }

  /** Last number in a column of a table, in percent. */
  async newestPercent(name: string, column: string): Promise<number> {
    const [head, ...rows] = await this.table(name);
    const at = head.indexOf(column);
    const values = rows.map((row) => parseFloat(row[at])).filter(Number.isFinite);
    return values[values.length - 1];
  }

  slider(name: string): Locator {
    return this.page.getByRole('slider', { name, exact: true });
  }

  fragment(): string {
    return new URL(this.page.url()).hash.slice(1);
  }
}
