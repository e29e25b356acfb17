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
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.train = button('Train');
    this.pause = button('Pause');
    this.step = button('One turn');
    this.reset = button('Reset');
    this.messages = page.getByRole('status', { name: 'Messages' });
  }

  /** Opens an experiment and waits until its data is there. */
  async open(fragment = ''): Promise<void> {
    await this.page.goto(`./${fragment ? `#${fragment}` : ''}`);
    await expect(this.page.getByRole('list', { name: /One character of each class/ })).toBeVisible();
  }

  /** A strategy's line in the top bar. */
  clock(strategy: string): Locator {
    return this.page.getByRole('banner').getByRole('listitem').filter({ hasText: strategy });
  }

  /** Both strategies are done, and every part of the page shows it. */
  async finished(): Promise<void> {
    await expect(this.page.getByText(/of all [\d,]+ test images/)).toHaveCount(2);
    await this.settled();
  }

  /** Every part of the page shows what is known: charts and tables are drawn some times a second, and say so meanwhile. */
  async settled(): Promise<void> {
    await expect(this.page.locator('[aria-busy="true"]')).toHaveCount(0);
  }

  /** The whole page as a picture to look at. The window grows to show it: what is off the screen is not drawn. */
  async picture(name: string): Promise<void> {
    const size = this.page.viewportSize()!;
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    await this.page.setViewportSize({ ...size, height });
    // Two frames: one in which parts learn that they are seen, one that shows it.
    const frames = () =>
      this.page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
    await frames();
    await this.settled();
    await frames();
    await this.page.screenshot({ path: `artifacts/${name}.png`, scale: 'css' });
    await this.page.setViewportSize(size);
  }

  /** A chart's numbers: rows of the table view, as text. */
  async table(name: string): Promise<string[][]> {
    const chart = this.page.getByRole('region', { name, exact: true });
    const toggle = chart.getByRole('button', { name: 'Table', exact: true });
    if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
    const table = this.page.getByRole('table', { name, exact: true });
    await expect(table).toBeVisible();
    await this.settled();
    return table
      .locator('tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '')),
      );
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

  /** Opens a folded group of settings. */
  async unfold(title: string): Promise<void> {
    const summary = this.page
      .locator('summary')
      .filter({ has: this.page.getByRole('heading', { name: title }) });
    const details = this.page.locator('details').filter({ has: summary });
    if ((await details.first().getAttribute('open')) === null) await summary.click();
  }

  fragment(): string {
    return new URL(this.page.url()).hash.slice(1);
  }
}
