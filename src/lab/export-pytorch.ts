import { readFile, writeFile } from 'node:fs/promises';
import { pytorchScript } from '../export/pytorch/script.ts';
import { DATASETS } from '../experiment/datasets.ts';
import { gridOf } from './grid.ts';
import { loadData } from './load-data.ts';

/**
 * Writes a link's experiment as a Python file. Sizes are those of the data in the folder, or the official ones where
 * there is none.
 * @throws Error with a sentence for a bad link.
 */
export async function exportPytorch(link: string, data: string, file: string): Promise<void> {
  const [{ experiment }] = gridOf(link, []);
  const template = await readFile(new URL('../export/pytorch/template.py', import.meta.url), 'utf8');
  const found = await loadData(data, experiment.data).catch(() => null);
  const shape = found
    ? { pixels: found.pixels, classes: found.classes, trainCount: found.train.count }
    : DATASETS[experiment.data].shape;
  await writeFile(file, pytorchScript(template, experiment, shape));
}
