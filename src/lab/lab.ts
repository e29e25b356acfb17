/** A study: every experiment of a grid with every seed, kept as it goes. */
import { arch, availableParallelism, cpus, platform } from 'node:os';
import type { Dataset } from '../data/dataset.ts';
import { evenClasses } from '../data/even.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { plan } from '../experiment/plan.ts';
import { csvOf, type CellResult } from './csv.ts';
import { gridOf, type Cell } from './grid.ts';
import { identityOf, keptRuns } from './kept-runs.ts';
import { loadData } from './load-data.ts';
import type { LabOptions } from './options.ts';
import { strategyResults } from './results.ts';
import { PartitionLostError, runOnce, type RunResult } from './run.ts';
import { begunWith, placingOf, weightsKey } from './weights.ts';
import { labText as text } from './words.ts';

export interface LabProgress {
  /** Runs of the study: finished before this one, and in all. */
  readonly run: number;
  readonly runs: number;
  /** Shares of the runs at hand that are done, 0 … 1 each, added up. */
  readonly share: number;
  /** Of the run that has just come further. */
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
  const jobs = cells.flatMap((cell) => seedsOf(cell, options.seeds).map((seed) => ({ cell, seed })));
  const found = new Map<string, RunResult>();
  const together = Math.min(options.jobs ?? 1, jobs.length);
  const cores = Math.max(1, Math.floor(availableParallelism() / together));
  /** How far each run at hand has come. */
  const shares = new Map<string, number>();
  const failure = new AbortController();
  const signal = AbortSignal.any([stop, failure.signal]);
  const placeOf = (cell: Cell, seed: number) => `${cell.fragment} ${seed}`;

  /** @returns False where another lab is at it and there is other work to do. */
  async function work({ cell, seed }: (typeof jobs)[number], wait: boolean): Promise<boolean> {
    signal.throwIfAborted();
    const experiment = { ...cell.experiment, seed };
    const dataset = await dataOf(experiment);
    const weights = placing?.(experiment, dataset) ?? null;
    const engines = experiment.engine.map((choice) => (choice === 'auto' ? options.engine : choice));
    const identity = identityOf(experiment, dataset, engines, weights && weightsKey(weights));
    const settings = Object.entries(cell.settings).map(([one, value]) => `${one}=${value}`);
    const name = [...settings, `seed ${seed}`].join(' ');
    const place = placeOf(cell, seed);
    const progress = () => {
      const share = [...shares.values()].reduce((sum, one) => sum + one, 0);
      onProgress({ run: found.size, runs: jobs.length, share, name });
    };
    const onSteps = (done: number, total: number) => {
      shares.set(place, done / total);
      progress();
    };
    const { engine } = options;
    const make = () =>
      orOnceMore(onNotice, () =>
        runOnce({ experiment, dataset, engine, weights, cores, signal, onProgress: onSteps }),
      );
    const look = async () => (await kept.find(identity)) ?? (await kept.make(identity, make));
    let result = await look();
    if (!result && wait) onNotice(text.elsewhere(name));
    while (!result && wait) {
      await kept.settled(identity, signal);
      result = await look();
    }
    shares.delete(place);
    if (!result) return false;
    found.set(place, result);
    progress();
    return true;
  }

  const elsewhere: typeof jobs = [];
  await sideBySide(together, jobs, failure, async (job) => {
    if (!(await work(job, false))) elsewhere.push(job);
  });
  for (const job of elsewhere) await work(job, true);

  const loaded = new Map(await Promise.all([...sets].map(async ([id, set]) => [id, await set] as const)));
  const results = cells.map((cell): CellResult => {
    const seeds = seedsOf(cell, options.seeds);
    const runs = seeds.map((seed) => found.get(placeOf(cell, seed))!);
    const dataset = loaded.get(cell.experiment.data)!;
    const { stepsPerEpoch } = plan(cell.experiment, {
      pixels: dataset.pixels,
      classes: dataset.classes,
      trainCount: dataset.train.count,
    });
    const engine = [...new Set(runs.map((one) => one.engine))].join(' and ');
    const placed = placing?.(cell.experiment, dataset);
    const weights = placed ? begunWith(placed) : null;
    return { cell, seeds, runs, dataset, engine, weights, strategies: strategyResults(runs, stepsPerEpoch) };
  });
  return { results, dataset: results[0].dataset, engine: results[0].engine };
}

const seedsOf = ({ experiment }: Cell, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (experiment.seed + index) % 2 ** 32);

/** Works at so many items at a time. The first failure stops all, and is thrown when the others have ended. */
async function sideBySide<T>(
  count: number,
  items: readonly T[],
  failure: AbortController,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const hand = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  const hands = Array.from({ length: count }, () =>
    hand().catch((error: unknown) => {
      failure.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(hands);
  failure.signal.throwIfAborted();
}

/** A run that loses a device starts again, once: a device that catches up leaves a hole in the curve. */
async function orOnceMore(say: (line: string) => void, run: () => Promise<RunResult>): Promise<RunResult> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PartitionLostError)) throw error;
    say(text.startsAgain(error.message));
  }
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PartitionLostError)) throw error;
    throw new Error(text.lostTwice(error.message), { cause: error });
  }
}

async function load(
  { data, evenClasses: even }: Pick<LabOptions, 'data'> & Partial<LabOptions>,
  id: DatasetId,
): Promise<Dataset> {
  const dataset = await loadData(data, id);
  return even ? evenClasses(dataset) : dataset;
}

/** What `--json` prints: one experiment's strategies at the top; a grid's in `grid`, each with its own data and engine. */
export function jsonOf({ results }: Lab): unknown {
  const machine = {
    system: `${platform()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
  };
  const one = ({ cell, seeds, strategies, dataset, weights }: CellResult) => ({
    experiment: cell.experiment,
    link: `#${cell.fragment}`,
    seeds,
    ...(weights && { weights }),
    strategies,
    data: {
      name: dataset.name,
      train: dataset.train.count,
      test: dataset.test.count,
      verified: dataset.provenance.verified,
      digest: dataset.digest,
    },
  });
  const [first] = results;
  if (results.length === 1) return { ...one(first), machine: { ...machine, engine: first.engine } };
  return {
    machine,
    grid: results.map((result) => ({
      settings: result.cell.settings,
      ...one(result),
      engine: result.engine,
    })),
  };
}

export const csvOfLab = ({ results }: Lab): string => csvOf(results);
