/** `npm run pictures`: takes the pictures of README and docs from the running app, which is built first. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import sirv from 'sirv';
import { SOFTWARE_WEBGPU } from './browser-path.ts';
import { builtSite } from './built-site.ts';
import { encode } from '../src/experiment/link.ts';
import { newcomers } from '../src/experiment/presets.ts';

const THREE = encode(newcomers());
const SIX =
  'data=mnist&strategies=conventional,sil,model,pipeline,data,fsdp&layers=256x5&cuts=2,4&turn=100&epochs=1&test=500&targets=auto&hybrid=0.3&code=sparse&mix=mixtures&noise=0.5';

interface Picture {
  readonly file: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  /** Another experiment, or view, than three strategies' curves. */
  readonly experiment?: string;
}

const PICTURES: readonly Picture[] = [
  { file: 'docs/piecewise-light.png', colorScheme: 'light', width: 1440, height: 900 },
  { file: 'docs/piecewise-dark.png', colorScheme: 'dark', width: 1440, height: 900 },
  { file: 'docs/piecewise-phone.png', colorScheme: 'light', width: 390, height: 844 },
  {
    file: 'docs/piecewise-lanes.png',
    colorScheme: 'light',
    width: 1440,
    height: 900,
    experiment: `${SIX}&view=devices`,
  },
];

const executablePath = await builtSite();
const serve = sirv('dist');
const server = createServer((request, response) => {
  serve(request, response, () => {
    response.writeHead(404).end();
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const browser = await chromium.launch({ executablePath, args: SOFTWARE_WEBGPU });
for (const { file, colorScheme, width, height, experiment = THREE } of PICTURES) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`http://127.0.0.1:${port}/#${experiment}`);
  await page.getByRole('img', { name: /network of .* units on/ }).waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByText(/^done in/).waitFor({ timeout: 300_000 });
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  for (const notice of await page.getByRole('button', { name: 'Dismiss' }).all()) await notice.click();
  await page.screenshot({ path: file });
  console.log(file);
}
await iconsAndPreview();
await comparison();
await browser.close();
server.close();

/** Icons from the favicon, and the picture that link previews show. */
async function iconsAndPreview(): Promise<void> {
  const favicon = await readFile('public/favicon.svg', 'utf8');
  for (const side of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${favicon}`,
    );
    await page.screenshot({ path: `public/icon-${side}.png`, omitBackground: true });
    await page.close();
  }
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  const light = await readFile('docs/piecewise-light.png', 'base64');
  await page.setContent(
    `<style>body{margin:0}img{display:block;width:1200px}</style><img src="data:image/png;base64,${light}">`,
  );
  await page.locator('img').waitFor();
  await page.screenshot({ path: 'public/preview.png' });
  await page.close();
}

/** Our part of the picture beside others of the kind, in its frames; theirs stay as they were taken. */
async function comparison(): Promise<void> {
  const file = 'docs/comparison.png';
  const frames = [
    { of: 'docs/piecewise-light.png', left: 17, top: 40, width: 1150, height: 719 },
    { of: 'docs/piecewise-phone.png', left: 17, top: 1594, width: 274, height: 597 },
  ];
  const data = async (name: string) => `data:image/png;base64,${await readFile(name, 'base64')}`;
  const [all, ...ours] = await Promise.all([file, ...frames.map(({ of }) => of)].map(data));
  const page = await browser.newPage({ viewport: { width: 1184, height: 800 } });
  await page.setContent(
    `<style>body{margin:0}img{display:block}.ours{position:absolute;border-radius:6px;object-fit:cover;object-position:top}</style>
     <img src="${all}">${frames
       .map(
         ({ left, top, width, height }, index) =>
           `<img class="ours" src="${ours[index]}" style="left:${left}px;top:${top}px;width:${width}px;height:${height}px">`,
       )
       .join('')}`,
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}
