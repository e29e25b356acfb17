import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { idxImages, idxLabels, madeUpFiles } from '../data/testing.ts';
import { loadData } from './load-data.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'piecewise-data-'))));
afterEach(() => rm(folder, { recursive: true }));

async function place(rename: (name: string) => string) {
  for (const [name, bytes] of await madeUpFiles('emnist-letters')) {
    await writeFile(join(folder, rename(name)), bytes);
  }
}

it.each([
  ['their own', (name: string) => name],
  ['upper case', (name: string) => name.toUpperCase()],
  ['names with other endings', (name: string) => `my-${name.replace('-ubyte', '')}`],
  ['names without an ending', (name: string) => name.replace(/-idx.*$/, '')],
])('finds a set in a folder under %s', async (_, rename) => {
  await place(rename);
  expect(await loadData(folder, 'emnist-letters')).toMatchObject({
    id: 'emnist-letters',
    train: { count: 120 },
  });
});

it('takes one file that has all of it', async () => {
  const path = join(folder, 'letters.zip');
  await writeFile(path, zipSync(Object.fromEntries(await madeUpFiles('emnist-letters'))));
  expect(await loadData(path, 'emnist-letters')).toMatchObject({ train: { count: 120 } });
  await expect(loadData(join(folder, 'none.zip'), 'emnist-letters')).rejects.toMatchObject({
    code: 'no-files',
  });
});

it.each([(name: string) => name, (name: string) => `my-${name}`])(
  'takes no files for another set than the one their names speak of',
  async (rename) => {
    await place(rename);
    await expect(loadData(folder, 'emnist-balanced')).rejects.toMatchObject({ code: 'other-files' });
  },
);

it('trains on the files that are said, where names are official, too', async () => {
  await place((name) => name);
  const named = await loadData(folder, 'emnist-letters');
  const tests = ['emnist-letters-test-images-idx3-ubyte.gz', 'emnist-letters-test-labels-idx1-ubyte.gz'];
  const said = await loadData(folder, 'emnist-letters', { trainFiles: tests });
  expect([said.train.count, said.test.count]).toEqual([named.test.count, named.train.count]);
  expect(named.test.count).not.toBe(named.train.count);
  for (const trainFiles of [['nosuch', tests[1]], [tests[0]]])
    await expect(loadData(folder, 'emnist-letters', { trainFiles })).rejects.toMatchObject({
      code: 'train-files',
    });
});

it('is told which of equal files train, and which way is up, where neither names nor pictures say it', async () => {
  const shades = { train: 10, test: 200 };
  const names = ['a.idx', 'b.idx', 'c.idx', 'd.idx'];
  // Every picture has one bright pixel, in its first row's last column.
  const pictures = (shade: number) =>
    idxImages(
      Uint8Array.from({ length: 20 * 784 }, (_, at) => (at % 784 === 27 ? 255 : at % 784 === 28 ? shade : 0)),
      20,
    );
  const labels = Array.from({ length: 20 }, (_, n) => n % 10);
  const contents = [
    pictures(shades.train),
    idxLabels(labels.toReversed()),
    pictures(shades.test),
    idxLabels(labels),
  ];
  await Promise.all(names.map((name, n) => writeFile(join(folder, name), contents[n])));
  await expect(loadData(folder, 'mnist')).rejects.toMatchObject({ code: 'splits-open' });
  await expect(loadData(folder, 'mnist', { trainFiles: ['a.idx', 'c.idx'] })).rejects.toMatchObject({
    code: 'train-files',
  });

  const plain = await loadData(folder, 'mnist', { trainFiles: ['d.idx', 'a.idx'] });
  expect([...plain.train.labels]).toEqual(labels);
  expect(plain.train.images[28]).toBe(shades.train);
  expect(plain.test.images[28]).toBe(shades.test);
  expect(plain.remarks.map(({ sentence }) => sentence)).toContain('unlike-characters');

  const turned = await loadData(folder, 'mnist', {
    trainFiles: ['d.idx', 'a.idx'],
    orientation: { mirror: true, turn: 90 },
  });
  // Mirrored to the first column, then turned: the pixel of the upper left corner comes to the upper right one.
  expect(turned.train.images[27]).toBe(255);
  expect(turned.train.images[0]).toBe(0);
  expect(turned.remarks.map(({ sentence }) => sentence)).not.toContain('unlike-characters');
});
