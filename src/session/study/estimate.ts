/** How long runs will take: by the arithmetic that is in them, and how fast this machine has been at it. */
import type { Dataset } from '../../data/dataset.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { derive } from '../derive.ts';
import type { StrategyState } from '../state.ts';
import type { Job } from './run-grid.ts';

/** FLOPs of all strategies of an experiment, to its end: modelled. @param dataset Official sizes where there is none. */
export function flopsOf(experiment: Experiment, dataset: Dataset | null): number {
  const { costEstimates, totalSteps, recoverySteps } = derive(experiment, dataset);
  return experiment.strategies.reduce(
    (sum, id) => sum + (costEstimates[id]?.flopsPerStep ?? 0) * (totalSteps + recoverySteps),
    0,
  );
}

/** FLOPs of each of these runs, in their order; those of one experiment with other seeds are alike. */
export function flopsOfJobs(
  jobs: readonly Job[],
  datasetOf: (experiment: Experiment) => Dataset | null,
): number[] {
  const known = new Map<string, number>();
  return jobs.map(({ cell: { fragment, experiment } }) => {
    const flops = known.get(fragment) ?? flopsOf(experiment, datasetOf(experiment));
    known.set(fragment, flops);
    return flops;
  });
}

/** FLOPs a second that strategies reached in their own turns; null where none has trained. */
export function paceOf(strategies: readonly Pick<StrategyState, 'points'>[]): number | null {
  const ends = strategies.flatMap(({ points }) => points.at(-1) ?? []);
  const sum = (key: 'flops' | 'seconds') => ends.reduce((total, end) => total + end[key], 0);
  return sum('seconds') > 0 && sum('flops') > 0 ? sum('flops') / sum('seconds') : null;
}

/** Time that is left of several runs, by the wall and by what was done of them in it; rests are not counted. */
export class TimeLeft {
  private readonly now: () => number;
  /** FLOPs of runs that have yet to end, and of those that were trained while this clock went. */
  private readonly ahead: Map<Job, number>;
  private done = 0;
  private spent = 0;
  private since: number | null = null;

  /** @param now In milliseconds. */
  constructor(jobs: readonly Job[], flops: readonly number[], now: () => number) {
    this.ahead = new Map(jobs.map((job, index) => [job, flops[index]]));
    this.now = now;
  }

  go(): void {
    this.since ??= this.now();
  }

  rest(): void {
    if (this.since !== null) this.spent += this.now() - this.since;
    this.since = null;
  }

  /** A run has ended. @param trained Not where it was only found. */
  ended(job: Job, trained: boolean): void {
    if (trained) this.done += this.ahead.get(job) ?? 0;
    this.ahead.delete(job);
  }

  /** Seconds; null before a hundredth of a run is done. @param share Of the run at hand, 0 … 1. */
  left(job: Job, share: number): number | null {
    const part = share * (this.ahead.get(job) ?? 0);
    const done = this.done + part;
    const ahead = [...this.ahead.values()].reduce((sum, flops) => sum + flops, -part);
    if (done === 0 || (this.done === 0 && share < 0.01)) return null;
    const ms = this.spent + (this.since === null ? 0 : this.now() - this.since);
    return (ms * ahead) / done / 1000;
  }
}
