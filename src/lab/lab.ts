/** A study at a terminal: every experiment of a grid with every seed, kept as it goes. */
import { arch, availableParallelism, cpus, platform } from 'node:os';
import type { Dataset } from '../data/dataset.ts';
import { evenClasses } from '../data/even.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { csvOf } from '../session/study/csv.ts';
import { gridOf, seedsOf } from '../session/study/grid.ts';
import { jsonOf as studyJson } from '../session/study/json.ts';
import { cellResult, type CellResult } from '../session/study/results.ts';
import { jobsOf, runGrid, RunsFailedError, type StudyProgress } from '../session/study/run-grid.ts';
import type { RunResult } from '../session/study/run-once.ts';
import { keptRuns } from './kept-runs.ts';
import { loadData } from './load-data.ts';
import type { LabOptions } from './options.ts';
import { spawnThread } from './spawn-thread.ts';
import { begunWith, placingOf, weightsKey } from './weights.ts';

export type LabProgress = StudyProgress;

export interface Lab {
  /** Of every experiment that has a run, with the seeds that ended well. */
  readonly results: readonly CellResult[];
  readonly dataset: Dataset;
  readonly engine: string;
  /** A sentence, where runs failed beside those. */
  readonly failed: string | null;
}

/**
 * @throws Error with a sentence for a bad link, for bad data, or where every run failed; the signal's reason on abort.
 */
export async function runLab(
  options: Pick<LabOptions, 'link' | 'sweeps' | 'seeds' | 'data' | 'engine' | 'out'> &
    Partial<Pick<LabOptions, 'evenClasses' | 'weights' | 'layerOrder' | 'jobs'>>,
  stop: AbortSignal,
  onProgress: (progress: LabProgress) => void,
  onNotice: (line: string) => void = () => {},
): Promise<Lab> {
  const cells = gridOf(options.link, options.sweeps);
  const sets = new Map<DatasetId, Promise<Dataset>>();
  const dataOf = ({ data }: Experiment): Promise<Dataset> => {
    const dataset = sets.get(data) ?? load(options, data);
    sets.set(data, dataset);
    return dataset;
  };
  const placing = options.weights ? await placingOf(options.weights, options.layerOrder ?? null) : null;
  // Before the first run, not after hours of it.
  if (placing) for (const { experiment } of cells) placing(experiment, await dataOf(experiment));
  const kept = await keptRuns(options.out, onNotice);
  const found = new Map<string, RunResult>();
  const placeOf = (fragment: string, seed: number) => `${fragment} ${seed}`;
  const failed = await runGrid({
    jobs: jobsOf(cells, options.seeds),
    dataOf,
    ...(placing && {
      weightsOf(experiment, dataset) {
        const placed = placing(experiment, dataset);
        return { placed, key: weightsKey(placed) };
      },
    }),
    engineOf: async (choice) => (choice === 'auto' ? options.engine : choice),
    spawn: spawnThread,
    kept,
    together: options.jobs ?? 1,
    cores: availableParallelism(),
    stop,
    onProgress,
    onRun: ({ cell, seed }, result) => void found.set(placeOf(cell.fragment, seed), result),
    onFailed: (_, line) => onNotice(line),
    onNotice,
  }).then(
    () => null,
    (error: unknown) => {
      if (found.size === 0 || !(error instanceof RunsFailedError)) throw error;
      return error.message;
    },
  );
  const results = await Promise.all(
    cells.map(async (cell) => {
      const ended = seedsOf(cell, options.seeds).flatMap((seed) => {
        const run = found.get(placeOf(cell.fragment, seed));
        return run ? [{ seed, run }] : [];
      });
      const seeds = ended.map(({ seed }) => seed);
      const runs = ended.map(({ run }) => run);
      if (runs.length === 0) return [];
      const dataset = await dataOf(cell.experiment);
      return [
        cellResult(cell, seeds, runs, dataset, placing && begunWith(placing(cell.experiment, dataset))),
      ];
    }),
  ).then((all) => all.flat());
  return { results, dataset: results[0].dataset, engine: results[0].engine, failed };
}

async function load(
  { data, files, evenClasses: even }: Pick<LabOptions, 'data'> & Partial<LabOptions>,
  id: DatasetId,
): Promise<Dataset> {
  const dataset = await loadData(data, id, files);
  return even ? evenClasses(dataset) : dataset;
}

/** What `--json` prints. */
export const jsonOf = ({ results }: Lab): unknown =>
  studyJson(results, {
    system: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
  });

export const csvOfLab = ({ results }: Lab): string => csvOf(results);
