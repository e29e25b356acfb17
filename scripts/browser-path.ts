/** Where a full Chromium is. The slim headless shell has no WebGPU, so it will not do. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const CANDIDATES = [
  process.env.PIECEWISE_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function browserPath(): string | null {
  const own = (() => {
    try {
      return chromium.executablePath();
    } catch {
      return undefined;
    }
  })();
  return [...CANDIDATES, own].find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

/** The same, brought here first where none is (`ensure-browser.ts`); null where none can be had. */
export function ensuredBrowser(): string | null {
  if (!browserPath()) {
    // What it says is progress: standard output is for results.
    spawnSync('npx --no-install tsx scripts/ensure-browser.ts', { shell: true, stdio: ['ignore', 2, 2] });
  }
  return browserPath();
}

/** Real WebGPU without a graphics card, and no traffic of the browser's own. */
export const SOFTWARE_WEBGPU = [
  '--headless=new',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
