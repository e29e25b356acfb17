import { test as base, expect } from '@playwright/test';
import { Playground } from './pages/playground.ts';

/** Every journey gets a playground, and fails if the page logged an error it did not expect. */
export const test = base.extend<{ playground: Playground; expectedErrors: RegExp[] }>({
  // Playwright insists on a pattern here.
  // oxlint-disable-next-line no-empty-pattern
  expectedErrors: async ({}, use) => {
    await use([]);
  },
  playground: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(new Playground(page));
    expect(errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});
export { expect };
