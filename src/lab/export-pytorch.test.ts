import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeUpFiles } from '../data/testing.ts';
import { exportPytorch } from './export-pytorch.ts';
import { readOptions } from './options.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piecewise-export-'));
  data = join(folder, 'data');
  await mkdir(data);
  for (const [name, bytes] of await madeUpFiles('mnist', 125, 60)) await writeFile(join(data, name), bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the file is told to do. */
async function config(...args: string[]): Promise<Record<string, unknown>> {
  const file = join(folder, 'experiment.py');
  await exportPytorch(readOptions(args), file);
  const text = await readFile(file, 'utf8');
  return JSON.parse(/json\.loads\(r"""([^]*?)"""\)/.exec(text)![1]) as Record<string, unknown>;
}

describe('--export-pytorch', () => {
  it('takes epochs and sweeps of one value, the folder’s sizes, and even classes', async () => {
    const args = ['layers=16,16&cuts=1', '--data', data, '--epochs', '3', '--sweep', 'seed=5'];
    expect(await config(...args)).toMatchObject({ epochs: 3, seed: 5, trainCount: 125, evenClasses: false });
    // 125 images are 13 of the first five classes and 12 of the others; evened, 13 of each.
    expect(await config(...args, '--even-classes')).toMatchObject({ trainCount: 130, evenClasses: true });
    // Without data, the official sizes.
    expect(await config('layers=16', '--data', folder)).toMatchObject({ trainCount: 60_000 });
  });

  it.each([
    [['--sweep', 'cuts=1,2'], /one experiment, but --sweep asks for 2/],
    [['--seeds', '3'], /one experiment, but --seeds asks for 3/],
    [['--csv', 'a.csv', '--json'], /runs nothing, so --csv, --json can do nothing/],
    [['--engine', 'cpu', '--out', 'a'], /runs nothing, so --out, --engine can do nothing/],
    [['--even-classes', '--data', 'nowhere'], /no data set in nowhere.*--data DIR/],
  ])('refuses %j in a sentence', async (args, sentence) => {
    await expect(config('layers=16,16,16&cuts=1', ...args)).rejects.toThrow(sentence);
  });

  it('does not take the official sizes for data that is there and broken', async () => {
    const broken = join(folder, 'broken');
    await mkdir(broken);
    for (const [name, bytes] of await madeUpFiles('mnist'))
      await writeFile(join(broken, name), bytes.subarray(0, bytes.length / 2));
    await expect(config('layers=16', '--data', broken)).rejects.toThrow(/ubyte/);
  });
});
