import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { madeUpFiles } from '../data/testing.ts';
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
])('finds a set in a folder under %s', async (_, rename) => {
  await place(rename);
  expect(await loadData(folder, 'emnist-letters')).toMatchObject({
    id: 'emnist-letters',
    train: { count: 120 },
  });
});

it.each([(name: string) => name, (name: string) => `my-${name}`])(
  'takes no files for another set than the one their names speak of',
  async (rename) => {
    await place(rename);
    await expect(loadData(folder, 'emnist-balanced')).rejects.toMatchObject({ code: 'other-files' });
  },
);
