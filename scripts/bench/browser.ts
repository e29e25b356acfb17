/** Builds the benchmark page, serves it, and opens it in Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import sirv from 'sirv';
import { build } from 'vite';
import { ensuredBrowser, SOFTWARE_WEBGPU } from '../browser-path.ts';
import type { Remote } from './worker-methods.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

export interface BrowserOptions {
  /** Path of a Chrome or Chromium with WebGPU; by default what `ensuredBrowser` finds. */
  readonly executable?: string;
  /** Let the browser use the machine's real GPU; otherwise WebGPU runs on SwiftShader, headless. */
  readonly hardware: boolean;
}

/** TensorFlow.js's WebGL, which Chromium otherwise refuses on the software driver. */
const SOFTWARE_WEBGL = '--enable-unsafe-swiftshader';
const HARDWARE = [
  ...['--no-sandbox', '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'],
  ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export interface OpenPage {
  readonly page: Page;
  readonly version: string;
  /** Loads the page afresh, so that no contender's leftovers reach the next group. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A worker in the page, seen from Node. */
export function openInPage(page: Page): Remote {
  const opened = page.evaluate(() => window.benchmark.open());
  return {
    ask: (method, ...args) =>
      opened.then((worker) =>
        page.evaluate(([number, question]) => window.benchmark.ask(number, question), [
          worker,
          { method, args },
        ] as const),
      ) as never,
    stop: () => void opened.then((worker) => page.evaluate((one) => window.benchmark.stop(one), worker)),
  };
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
      // TensorFlow.js's WebAssembly threads start from the text of a function, which renaming breaks.
      minify: false,
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

  const executablePath = options.executable ?? ensuredBrowser();
  if (!executablePath) {
    throw new Error('No Chromium was found. Install one, or name it with --chrome or in PIECEWISE_CHROMIUM.');
  }
  const args = options.hardware ? HARDWARE : [...SOFTWARE_WEBGPU, SOFTWARE_WEBGL];
  const browser = await chromium.launch({ executablePath, headless: true, args });
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
