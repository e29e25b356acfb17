import { readFile } from 'node:fs/promises';
import { DataError } from '../data/errors.ts';
import { evenClasses } from '../data/even.ts';
import { DATASETS } from '../experiment/datasets.ts';
import { pytorchScript } from '../export/pytorch/script.ts';
import { writeWhole } from './files.ts';
import { gridOf } from '../session/study/grid.ts';
import { loadData } from './load-data.ts';
import type { LabOptions } from './options.ts';

/**
 * Writes a link's experiment as a Python file. Sizes are those of the data in the folder, or the official ones where
 * there is none.
 * @throws Error with a sentence for a bad link, and for options that ask for more than one experiment or for results.
 */
export async function exportPytorch(
  { link, sweeps, seeds, data, evenClasses: even, out, csv, json, engineGiven }: LabOptions,
  file: string,
): Promise<void> {
  const cells = gridOf(link, sweeps);
  if (cells.length > 1 || seeds > 1) {
    const asked = cells.length > 1 ? `--sweep asks for ${cells.length}` : `--seeds asks for ${seeds}`;
    throw new Error(
      `--export-pytorch writes one experiment, but ${asked}. Export once for each: --sweep KEY=VALUE takes one value, seed=2 too.`,
    );
  }
  const results = { '--out': out !== null, '--csv': csv !== null, '--json': json, '--engine': engineGiven };
  const idle = Object.entries(results).flatMap(([name, given]) => (given ? [name] : []));
  if (idle.length > 0) {
    throw new Error(`--export-pytorch runs nothing, so ${idle.join(', ')} can do nothing here.`);
  }
  const [{ experiment }] = cells;
  const template = await readFile(new URL('../export/pytorch/template.py', import.meta.url), 'utf8');
  const found = await loadData(data, experiment.data).catch((error: unknown) => {
    if (error instanceof DataError && error.code === 'no-files') return null;
    throw error;
  });
  if (even && !found) {
    throw new Error(
      `--even-classes counts the images of every class, but there is no data set in ${data}. Name its folder: --data DIR.`,
    );
  }
  const dataset = found && even ? await evenClasses(found) : found;
  const shape = dataset
    ? { pixels: dataset.pixels, classes: dataset.classes, trainCount: dataset.train.count }
    : DATASETS[experiment.data].shape;
  await writeWhole(file, pytorchScript(template, experiment, shape, { evenClasses: even }));
}
