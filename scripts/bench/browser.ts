/** Builds the benchmark page, serves it, and opens it in Chromium. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import sirv from 'sirv';
import { build } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

export interface BrowserOptions {
  /** Path of a Chrome or Chromium with WebGPU; by default the system's, else Playwright's. */
  readonly executable?: string;
  /** Let the browser use the machine's real GPU; otherwise WebGPU runs on SwiftShader, headless. */
  readonly hardware: boolean;
}

const SYSTEM_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const COMMON_FLAGS = [
  ...['--no-sandbox', '--enable-unsafe-webgpu', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const SOFTWARE_FLAGS = [
  ...['--enable-features=Vulkan', '--use-vulkan=swiftshader', '--use-webgpu-adapter=swiftshader'],
  '--enable-unsafe-swiftshader',
];
const HARDWARE_FLAGS = ['--enable-features=Vulkan', '--ignore-gpu-blocklist'];

export interface OpenPage {
  readonly page: Page;
  readonly version: string;
  /** Loads the page afresh, so that no contender's leftovers reach the next group. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export async function openBenchmarkPage(options: BrowserOptions): Promise<OpenPage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'piecewise-bench-'));
  await build({
    root: path.join(here, 'page'),
    base: './',
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'esnext',
      minify: false,
      chunkSizeWarningLimit: 10_000,
    },
  });
  const files = sirv(folder, {
    setHeaders(response) {
      // Shared memory between workers, which the rivals' WebAssembly threads need, is given only to isolated pages.
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    },
  });
  const server = createServer((request, response) => files(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const executablePath = options.executable ?? SYSTEM_CHROMIUM.find((file) => existsSync(file));
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : { channel: 'chromium' }),
    headless: true,
    args: [...COMMON_FLAGS, ...(options.hardware ? HARDWARE_FLAGS : SOFTWARE_FLAGS)],
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => console.error(`In the page: ${error.message}`));
  const reload = async () => {
    await page.goto(address);
    await page.waitForFunction(() => 'benchmark' in window);
  };
  await reload();
  return {
    page,
    version: `Chromium ${browser.version()}`,
    reload,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
