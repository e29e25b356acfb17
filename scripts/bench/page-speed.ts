/**
 * `npm run bench -- page`: how the built page behaves on this machine. First download, time until training can begin,
 * the longest task of the page's thread while every strategy trains, frames while a cut is dragged.
 *
 * The page is built first, as it stands in the source now. `--write` puts the table into docs/benchmarks.md.
 */
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from '@playwright/test';
import sirv from 'sirv';
import { encode } from '../../src/experiment/link.ts';
import { newcomers } from '../../src/experiment/presets.ts';
import { STRATEGY_IDS } from '../../src/experiment/strategies.ts';
import { SOFTWARE_WEBGPU } from '../browser-path.ts';
import { builtSite } from '../built-site.ts';
import { machine } from './machine.ts';
import { tasksDuring, type Task } from './page-tasks.ts';
import { writeSection } from './sections.ts';

const EVERY = `data=mnist&strategies=${STRATEGY_IDS.join()}&layers=128x5&cuts=2,4&turn=60&epochs=1&test=500&engine=cpu`;

/** What a newcomer meets: how soon something moves. */
const FIRST = encode({ ...newcomers(), engine: ['cpu'] });

// As texts: the compiler that runs this file leaves its marks in functions, and the page does not know them.
const ALL_DONE = `/^done in/.test(document.querySelector('#controls p')?.textContent ?? '')`;
const CURVE_MOVES = `(document.querySelector('path.recharts-line-curve')?.getTotalLength() ?? 0) > 0`;

interface Measured {
  readonly downloadKb: number;
  readonly firstMs: number;
  readonly tasks: readonly Task[];
  readonly frames: readonly number[];
}

/** How often all of them train: the longest task is one that any of these runs had. */
const RUNS = 3;

/** A task that lasts longer than this is felt, in ms. */
const LONG = 50;

export async function benchPage(write: boolean): Promise<void> {
  const executablePath = await builtSite();
  const size = spawnSync('npx --no-install tsx scripts/check-size.ts', { shell: true, encoding: 'utf8' });
  const downloadKb = Number(/([\d.]+) kB\s+first download/.exec(size.stdout)?.[1]);
  if (!downloadKb) throw new Error(`The first download was not found in what this said: ${size.stdout}`);
  const serve = sirv('dist');
  const server = createServer((request, response) => {
    serve(request, response, () => void response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath, args: SOFTWARE_WEBGPU });
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
      // What is asked of the page here is asked in texts, which its policy refuses to run.
      bypassCSP: true,
    });
    const page = await context.newPage();
    const address = `http://127.0.0.1:${port}/`;
    const firstMs = await untilCurve(page, `${address}#${FIRST}`);
    await page.goto('about:blank');
    await opened(page, `${address}#data=mnist`);
    const frames = await whileDragging(page);
    const tasks: Task[] = [];
    for (let run = 0; run < RUNS; run++) {
      await page.goto('about:blank');
      for (const task of await whileTraining(browser, page, `${address}#${EVERY}`)) tasks.push(task);
    }
    const table = tableOf({ downloadKb, firstMs, tasks, frames }, `${browser.version()}`);
    console.log(table);
    if (write) await writeSection('page', table);
  } finally {
    await browser.close();
    server.close();
  }
}

/** Opens a link, and waits until its data is there and its curves can be drawn. */
async function opened(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('img', { name: /network of .* units on/ }).waitFor();
  await page.getByRole('slider').first().waitFor();
  await page.getByRole('heading', { name: /^Test accuracy, / }).waitFor();
}

/** From a press on Train to a first curve that has moved, ms. */
async function untilCurve(page: Page, link: string): Promise<number> {
  await opened(page, link);
  const pressed = Date.now();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(CURVE_MOVES, null, { timeout: 600_000 });
  return Date.now() - pressed;
}

/** Durations of frames, in ms, while a cut goes from end to end for some seconds. */
async function whileDragging(page: Page): Promise<number[]> {
  const thumb = (await page.getByRole('slider', { name: 'Cut 1 of 1' }).boundingBox())!;
  const y = thumb.y + thumb.height / 2;
  await page.evaluate(`
    window.frameTimes = [];
    requestAnimationFrame(function tick(time) {
      window.frameTimes.push(time);
      requestAnimationFrame(tick);
    });
  `);
  await page.mouse.move(thumb.x + thumb.width / 2, y);
  await page.mouse.down();
  for (let round = 0; round < 3; round++) {
    await page.mouse.move(500, y, { steps: 60 });
    await page.mouse.move(1300, y, { steps: 60 });
  }
  await page.mouse.up();
  const times = await page.evaluate<number[]>('window.frameTimes');
  return times.slice(1).map((time, index) => time - times[index]);
}

async function whileTraining(browser: Browser, page: Page, link: string): Promise<Task[]> {
  await opened(page, link);
  return tasksDuring(browser, async () => {
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    // Asked seldom and cheaply: looking for a text on the whole page would itself be a task of the page's thread.
    await page.waitForFunction(ALL_DONE, null, { polling: 2000, timeout: 600_000 });
  });
}

function tableOf({ downloadKb, firstMs, tasks, frames }: Measured, browser: string): string {
  const { processor, cores } = machine(browser, null);
  const sorted = [...frames].sort((a, b) => a - b);
  const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
  const slow = sorted[Math.floor(0.95 * sorted.length)];
  const took = Math.max(...tasks.map((task) => task.took));
  const worked = Math.max(...tasks.map((task) => task.worked));
  const long = tasks.filter((task) => task.took > LONG).length;
  const number = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return [
    '## The page',
    '',
    `Chromium ${browser}, headless, ${processor}, ${cores} cores, on ${new Date().toISOString().slice(0, 10)}; \`npm run bench -- page --write\`.`,
    '',
    '| what | aim | measured |',
    '|---|---:|---:|',
    `| first download, gzipped | ≤ 200 kB | ${number(downloadKb)} kB |`,
    `| from Train to a first curve that moves, CPU engine | ≤ 1000 ms | ${number(firstMs)} ms |`,
    `| longest task on the page’s thread while ${STRATEGY_IDS.length} strategies train, of ${RUNS} runs | ≤ ${LONG} ms | ${number(took)} ms |`,
    `| most that any of them worked, without waiting for a processor | ≤ ${LONG} ms | ${number(worked)} ms |`,
    `| tasks above ${LONG} ms in that time, of ${tasks.length} | 0 | ${long} |`,
    `| frames a second while a cut is dragged, mean | ≥ 50 | ${number(1000 / mean)} |`,
    `| the same, of the slowest twentieth of frames | ≥ 50 | ${number(1000 / slow)} |`,
  ].join('\n');
}
