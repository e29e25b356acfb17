/** A study: every experiment of a grid with every seed, kept as it goes. */
import { arch, availableParallelism, cpus, platform } from 'node:os';
import type { Dataset } from '../data/dataset.ts';
import { evenClasses } from '../data/even.ts';
import { revised } from '../engines/revision.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import { plan } from '../experiment/plan.ts';
import { encode } from '../experiment/link.ts';
import { csvOf, type CellResult } from './csv.ts';
import { gridOf } from './grid.ts';
import { keptRuns, runKey } from './kept-runs.ts';
import { loadData } from './load-data.ts';
import type { LabOptions } from './options.ts';
import { modeResults } from './results.ts';
import { runOnce, type RunResult } from './run.ts';
import { placingOf, weightsKey } from './weights.ts';

export interface LabProgress {
  /** Runs of the study: finished before this one, and in all. */
  readonly run: number;
  readonly runs: number;
  /** Share of this run that is done, 0 … 1. */
  readonly share: number;
  readonly name: string;
}

export interface Lab {
  readonly results: readonly CellResult[];
  readonly dataset: Dataset;
  readonly engine: string;
}

/** @throws Error with a sentence for a bad link, bad data or a run that failed; the signal's reason on abort. */
export async function runLab(
  options: Pick<LabOptions, 'link' | 'sweeps' | 'seeds' | 'data' | 'engine' | 'out'> &
    Partial<Pick<LabOptions, 'evenClasses' | 'weights' | 'layerOrder'>>,
  signal: AbortSignal,
  onProgress: (progress: LabProgress) => void,
): Promise<Lab> {
  const cells = gridOf(options.link, options.sweeps);
  const sets = new Map<string, Dataset>();
  const kept = keptRuns(options.out);
  const placing = options.weights ? await placingOf(options.weights, options.layerOrder ?? null) : null;
  if (placing) {
    // Before the first run, not after hours of it.
    for (const { experiment } of cells) {
      const dataset = sets.get(experiment.data) ?? (await load(options, experiment.data));
      sets.set(experiment.data, dataset);
      placing(experiment, dataset);
    }
  }
  const results: CellResult[] = [];
  const runs = cells.length * options.seeds;
  let run = 0;
  let engine = '';
  for (const cell of cells) {
    const { experiment } = cell;
    const dataset = sets.get(experiment.data) ?? (await load(options, experiment.data));
    sets.set(experiment.data, dataset);
    const weights = placing?.(experiment, dataset) ?? null;
    const seeds = Array.from({ length: options.seeds }, (_, index) => (experiment.seed + index) % 2 ** 32);
    const finished: RunResult[] = [];
    for (const seed of seeds) {
      const seeded = { ...experiment, seed };
      const sizes = { name: dataset.name, train: dataset.train.count, test: dataset.test.count };
      const key = runKey(
        `${encode(seeded)}${weights ? weightsKey(weights) : ''}`,
        sizes,
        revised(options.engine, options.engine),
      );
      const name = [
        ...Object.entries(cell.settings).map(([one, value]) => `${one}=${value}`),
        `seed ${seed}`,
      ].join(' ');
      let result = await kept.find(key);
      if (!result) {
        const progress = (done: number, total: number) =>
          onProgress({ run, runs, share: done / total, name });
        result = await runOnce({
          experiment: seeded,
          dataset,
          engine: options.engine,
          weights,
          signal,
          onProgress: progress,
        });
        await kept.keep(key, result);
      }
      run++;
      engine = result.engine;
      finished.push(result);
      onProgress({ run, runs, share: 0, name });
    }
    const { stepsPerEpoch } = plan(experiment, {
      pixels: dataset.pixels,
      classes: dataset.classes,
      trainCount: dataset.train.count,
    });
    results.push({ cell, seeds, runs: finished, modes: modeResults(finished, stepsPerEpoch) });
  }
  const [dataset] = sets.values();
  return { results, dataset, engine };
}

async function load(
  { data, evenClasses: even }: Pick<LabOptions, 'data'> & Partial<LabOptions>,
  id: DatasetId,
): Promise<Dataset> {
  const dataset = await loadData(data, id);
  return even ? evenClasses(dataset) : dataset;
}

/** What `--json` prints: one experiment's modes at the top, a grid's in `grid`. */
export function jsonOf({ results, dataset, engine }: Lab): unknown {
  const { name, train, test, provenance } = dataset;
  const common = {
    data: { name, train: train.count, test: test.count, verified: provenance.verified },
    machine: {
      system: `${platform()} ${arch()}`,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      node: process.version,
      engine,
    },
  };
  const one = ({ cell, seeds, modes }: CellResult) => ({
    experiment: cell.experiment,
    link: `#${cell.fragment}`,
    seeds,
    modes,
  });
  const [first] = results;
  if (results.length === 1) return { ...one(first), ...common };
  return { ...common, grid: results.map((result) => ({ settings: result.cell.settings, ...one(result) })) };
}

export const csvOfLab = ({ results }: Lab): string => csvOf(results);
