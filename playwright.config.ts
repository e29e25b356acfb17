import { defineConfig, devices } from '@playwright/test';
import { browserPath, SOFTWARE_WEBGPU } from './scripts/browser-path.ts';
import { PATIENCE_MS, STEP_PATIENCE_MS } from './scripts/patience.ts';

/** The site that the journeys visit; two checkouts tested at once need a port each. */
const site = `http://127.0.0.1:${process.env['PIECEWISE_PORT'] ?? 4173}/sub/path/`;

const executablePath = browserPath() ?? undefined;
const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: SOFTWARE_WEBGPU,
  timeout: STEP_PATIENCE_MS,
};

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  // Two cores, software WebGPU: more workers only make each other late.
  workers: 2,
  timeout: PATIENCE_MS,
  expect: { timeout: STEP_PATIENCE_MS },
  forbidOnly: !!process.env.CI,
  reporter: [['list']],
  use: {
    baseURL: site,
    launchOptions,
    // A service worker would answer before a journey's own routes; the offline journey lets it in.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 }, launchOptions },
    },
    {
      name: 'phone',
      use: { ...devices['Pixel 7'], launchOptions },
      testMatch: /journeys|screens/,
      // Colours do not depend on the width, nor do curves, links and keys: those are looked at once.
      grepInvert: /\bdark\b|both curves rise|same curve|every setting|keys:/,
    },
  ],
  webServer: {
    // The built folder under a sub-path, from a server that sends no special headers.
    command: 'npx tsx e2e/support/site.ts',
    url: site,
    timeout: STEP_PATIENCE_MS,
    reuseExistingServer: false,
  },
});
