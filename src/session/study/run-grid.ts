/** Every experiment of a grid with every seed, kept as it goes: one after another, or some side by side. */
import type { Dataset } from '../../data/dataset.ts';
import type { Spawner } from '../../devices/device.ts';
import type { EngineId } from '../../engines/contract.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Choice } from '../engines.ts';
import type { PlacedWeights } from '../given-weights.ts';
import { seedsOf, type Cell } from './grid.ts';
import { identityOf } from './identity.ts';
import type { KeptRuns } from './kept.ts';
import { Pausing } from './pausing.ts';
import { PartitionLostError, RunFailedError, runOnce, type RunResult } from './run-once.ts';
import { studyText as text } from './words.ts';

/** One run of a study. */
export interface Job {
  readonly cell: Cell;
  readonly seed: number;
}

export interface StudyProgress {
  /** Runs of the study: finished before this one, and in all. */
  readonly run: number;
  readonly runs: number;
  /** Shares of the runs at hand that are done, 0 … 1 each, added up. */
  readonly share: number;
  /** The run that has just come further. */
  readonly job: Job;
}

export interface GridOptions {
  readonly jobs: readonly Job[];
  readonly dataOf: (experiment: Experiment) => Promise<Dataset>;
  /** Weights to begin with, and what tells them from others; null for the seed's own. */
  readonly weightsOf?: (
    experiment: Experiment,
    dataset: Dataset,
  ) => { readonly placed: PlacedWeights; readonly key: string } | null;
  readonly engineOf: (choice: Choice) => Promise<EngineId>;
  readonly spawn: Spawner;
  readonly kept: KeptRuns;
  /** So many runs at the same time. */
  readonly together: number;
  /** Of the processor, for all runs at the same time. */
  readonly cores: number;
  readonly pausing?: Pausing;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: StudyProgress) => void;
  /** A run has ended, or was found among those kept. */
  readonly onRun: (job: Job, result: RunResult, dataset: Dataset) => void;
  /** A run could not come to its end; the others go on. */
  readonly onFailed: (job: Job, line: string) => void;
  readonly onNotice: (line: string) => void;
}

export const jobsOf = (cells: readonly Cell[], seeds: number): Job[] =>
  cells.flatMap((cell) => seedsOf(cell, seeds).map((seed) => ({ cell, seed })));

/** `cuts=1 seed 3`. */
export const nameOf = ({ cell, seed }: Job): string =>
  [...Object.entries(cell.settings).map(([one, value]) => `${one}=${value}`), `seed ${seed}`].join(' ');

/** The experiment of a run, with its own seed. */
export const experimentOf = ({ cell, seed }: Job): Experiment => ({ ...cell.experiment, seed });

/** Of a grid whose other runs have ended well. */
export class RunsFailedError extends Error {
  override readonly name = 'RunsFailedError';
}

/**
 * A run that fails, e.g. at too high a learning rate, does not keep the others from theirs.
 * @throws `RunsFailedError` in the end where some did; Error with a sentence for what no run could do without, as bad
 *   data; the signal's reason on abort.
 */
export async function runGrid(options: GridOptions): Promise<void> {
  const { jobs, kept, dataOf, weightsOf, engineOf, spawn, stop, onProgress, onRun, onFailed, onNotice } =
    options;
  const { pausing = new Pausing() } = options;
  const together = Math.min(options.together, jobs.length);
  const cores = Math.max(1, Math.floor(options.cores / together));
  /** How far each run at hand has come. */
  const shares = new Map<Job, number>();
  const failed: { readonly name: string; readonly why: string }[] = [];
  let run = 0;
  const failure = new AbortController();
  const signal = AbortSignal.any([stop, failure.signal]);

  /** @returns False where somebody else is at it and there is other work to do. */
  async function work(job: Job, wait: boolean): Promise<boolean> {
    signal.throwIfAborted();
    const experiment = experimentOf(job);
    const dataset = await dataOf(experiment);
    const given = weightsOf?.(experiment, dataset) ?? null;
    const weights = given?.placed ?? null;
    const engines = await Promise.all(experiment.engine.map(engineOf));
    const identity = identityOf(experiment, dataset, engines, given?.key);
    const progress = () => {
      const share = [...shares.values()].reduce((sum, one) => sum + one, 0);
      onProgress({ run, runs: jobs.length, share, job });
    };
    const onSteps = (done: number, total: number) => {
      shares.set(job, done / total);
      progress();
    };
    const make = () =>
      orOnceMore(onNotice, () =>
        runOnce({
          ...{ experiment, dataset, engineOf, weights, cores, spawn, pausing, signal },
          onProgress: onSteps,
        }),
      );
    const look = async () => (await kept.find(identity)) ?? (await kept.make(identity, make));
    let result: RunResult | null = null;
    try {
      result = await look();
      if (!result && wait) onNotice(text.elsewhere(nameOf(job)));
      while (!result && wait) {
        await kept.settled(identity, signal);
        result = await look();
      }
      if (!result) return false;
      onRun(job, result, dataset);
    } catch (error) {
      if (!(error instanceof RunFailedError)) throw error;
      const name = nameOf(job);
      failed.push({ name, why: error.message });
      onFailed(job, text.runFailed(name, error.message));
    } finally {
      shares.delete(job);
    }
    run++;
    progress();
    return true;
  }

  const elsewhere: Job[] = [];
  await sideBySide(together, jobs, failure, async (job) => {
    if (!(await work(job, false))) elsewhere.push(job);
  });
  for (const job of elsewhere) await work(job, true);
  if (failed.length > 0) throw new RunsFailedError(text.runsFailed(jobs.length, failed));
}

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
    throw new RunFailedError(text.lostTwice(error.message), { cause: error });
  }
}
