/**
 * A sweep beside a session: its runs, one after another, on devices of their own. It never trains while the session does:
 * whoever presses Train has the machine, and the sweep goes on after that.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Dataset } from '../../data/dataset.ts';
import type { Spawner } from '../../devices/device.ts';
import type { EngineId } from '../../engines/contract.ts';
import type { DatasetId } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { EngineDesk, type ChooseEngine, type Choice } from '../engines.ts';
import { sentence } from '../house.ts';
import type { Session } from '../session.ts';
import { isGoing } from '../state.ts';
import type { PlannedSweep } from './ask.ts';
import { flopsOfJobs, TimeLeft } from './estimate.ts';
import { identityOf } from './identity.ts';
import type { KeptRuns } from './kept.ts';
import { Pausing } from './pausing.ts';
import { cellResult, type CellResult } from './results.ts';
import { experimentOf, runGrid, type Job, type StudyProgress } from './run-grid.ts';
import type { RunResult } from './run-once.ts';
import { slim } from './slim.ts';

export interface GoingSweep extends StudyProgress {
  /** What opens it. */
  readonly fragment: string;
  /** `paused`: by a person; `waiting`: until the session's own training is over. */
  readonly phase: 'running' | 'paused' | 'waiting';
  /** Seconds; null while too little is done to tell. */
  readonly left: number | null;
}

export interface SweepState {
  /** What runs came to, by `placeOf`: those that were kept before, and those of this visit. */
  readonly found: ReadonlyMap<string, RunResult>;
  readonly going: GoingSweep | null;
  /** How the last one ended, until the next begins. */
  readonly ended: {
    readonly fragment: string;
    readonly runs: number;
    /** A sentence, where it failed. */
    readonly failed: string | null;
  } | null;
  /** What else there is to say. */
  readonly notice: string | null;
}

export interface Sweeper {
  readonly store: StoreApi<SweepState>;
  /** Looks for runs that are kept. */
  look(sweep: PlannedSweep): Promise<void>;
  /** Begins, or goes on where it was stopped. Nothing while one is going. */
  start(sweep: PlannedSweep): void;
  pause(): void;
  goOn(): void;
  /** Ends the run at hand; finished ones stay. */
  stop(): void;
  /** The data set of an experiment, where it is at hand. */
  datasetOf(experiment: Experiment): Dataset | null;
}

export interface SweeperOptions {
  readonly session: Pick<Session, 'store'>;
  readonly kept: (say: (line: string) => void) => KeptRuns;
  readonly spawn: Spawner;
  readonly cores: number;
  readonly chooseEngine: ChooseEngine;
  /** Loads a set that is not at hand. */
  readonly load: (id: DatasetId) => Promise<Dataset>;
  /** In milliseconds. */
  readonly now?: () => number;
}

/** Where a run's result is found. */
export const placeOf = ({ cell, seed }: Job, { digest }: Pick<Dataset, 'digest'>): string =>
  `${digest} ${seed} ${cell.fragment}`;

/** What is known of a sweep: its experiments that have a run, with the seeds that are there. */
export function resultsOf(
  { cells, jobs }: Pick<PlannedSweep, 'cells' | 'jobs'>,
  found: SweepState['found'],
  datasetOf: Sweeper['datasetOf'],
): CellResult[] {
  return cells.flatMap((cell) => {
    const dataset = datasetOf(cell.experiment);
    if (!dataset) return [];
    const there = jobs.flatMap((job) => {
      const run = job.cell === cell ? found.get(placeOf(job, dataset)) : undefined;
      return run ? [{ seed: job.seed, run }] : [];
    });
    const seeds = there.map(({ seed }) => seed);
    const runs = there.map(({ run }) => run);
    return runs.length > 0 ? [cellResult(cell, seeds, runs, dataset, null)] : [];
  });
}

export function createSweeper(options: SweeperOptions): Sweeper {
  const { session, spawn, cores, load, now = () => performance.now() } = options;
  const store = createStore<SweepState>(() => ({
    found: new Map<string, RunResult>(),
    going: null,
    ended: null,
    notice: null,
  }));
  const desk = new EngineDesk(options.chooseEngine);
  const kept = options.kept((notice) => store.setState({ notice }));
  const sets = new Map<DatasetId, Promise<Dataset>>();
  const loaded = new Map<DatasetId, Dataset>();
  const pausing = new Pausing();
  let held = false;
  let stopping: AbortController | null = null;

  async function engineOf(choice: Choice): Promise<EngineId> {
    await desk.ask([choice]);
    const settled = desk.settled([choice]);
    if (!settled?.chosen) throw new Error(settled?.why);
    return settled.chosen[0];
  }

  const datasetOf = ({ data }: Experiment): Dataset | null => {
    const { dataset } = session.store.getState();
    return dataset?.id === data ? dataset : (loaded.get(data) ?? null);
  };

  /** The same set for all runs of a sweep, whatever the session loads meanwhile. */
  function dataDesk(): (experiment: Experiment) => Promise<Dataset> {
    const own = new Map<DatasetId, Promise<Dataset>>();
    return (experiment) => {
      const { data } = experiment;
      const here = datasetOf(experiment);
      const dataset = own.get(data) ?? (here ? Promise.resolve(here) : fetched(data));
      own.set(data, dataset);
      return dataset;
    };
  }

  function fetched(id: DatasetId): Promise<Dataset> {
    const coming = sets.get(id) ?? load(id);
    sets.set(id, coming);
    // One that did not come is asked for anew.
    coming.then(
      (dataset) => loaded.set(id, dataset),
      () => sets.delete(id),
    );
    return coming;
  }

  const put = (all: readonly (readonly [string, RunResult])[]) =>
    store.setState(({ found }) => ({ found: new Map([...found, ...all]) }));

  async function look({ jobs }: PlannedSweep): Promise<void> {
    const fresh = await Promise.all(
      jobs.map(async (job) => {
        const experiment = experimentOf(job);
        const dataset = datasetOf(experiment);
        if (!dataset || store.getState().found.has(placeOf(job, dataset))) return [];
        const engines = await Promise.all(experiment.engine.map(engineOf));
        const result = await kept.find(identityOf(experiment, dataset, engines));
        return result ? [[placeOf(job, dataset), result] as const] : [];
      }),
    ).catch(() => []);
    if (fresh.some((one) => one.length > 0)) put(fresh.flat());
  }

  function hold(on: boolean): void {
    held = on;
    settle();
  }

  function settle(): void {
    const { going } = store.getState();
    if (!going) return;
    const busy = isGoing(session.store.getState().status);
    const phase = held ? 'paused' : busy ? 'waiting' : 'running';
    pausing.paused = phase !== 'running';
    if (phase !== going.phase) store.setState({ going: { ...going, phase } });
  }

  async function run({ jobs, fragment }: PlannedSweep, signal: AbortSignal): Promise<void> {
    const clock = new TimeLeft(jobs, flopsOfJobs(jobs, datasetOf), now);
    const over = new AbortController();
    pausing.onChange((paused) => (paused ? clock.rest() : clock.go()), over.signal);
    if (!pausing.paused) clock.go();
    const leave = session.store.subscribe(settle);
    let training = false;
    let failed: string | null = null;
    /** What was said last of a run that waits or begins again, and of one that failed: the end says that with all others. */
    let [passing, unlucky] = ['', ''];
    const unsay = (...lines: string[]) =>
      store.setState(({ notice }) => ({ notice: lines.includes(notice ?? '') ? null : notice }));
    try {
      await runGrid({
        ...{ jobs, dataOf: dataDesk(), engineOf, spawn, cores, pausing },
        kept: {
          ...kept,
          make: (identity, make) =>
            kept.make(identity, async () => {
              training = true;
              return slim(await make());
            }),
        },
        together: 1,
        stop: signal,
        onProgress(progress) {
          const { going } = store.getState();
          const left = clock.left(progress.job, progress.share);
          if (going && !signal.aborted) store.setState({ going: { ...going, ...progress, left } });
        },
        onRun(job, result, dataset) {
          clock.ended(job, training);
          training = false;
          unsay(passing);
          put([[placeOf(job, dataset), result]]);
        },
        onFailed(job, notice) {
          clock.ended(job, training);
          training = false;
          store.setState({ notice: (unlucky = notice) });
        },
        onNotice: (notice) => store.setState({ notice: (passing = notice) }),
      });
    } catch (error) {
      if (!signal.aborted) failed = sentence(error);
    }
    over.abort();
    leave();
    const ended = signal.aborted ? null : { fragment, runs: jobs.length, failed };
    unsay(passing, unlucky);
    store.setState({ going: null, ended });
  }

  return {
    store,
    look,
    start(sweep) {
      if (store.getState().going) return;
      const { jobs, fragment } = sweep;
      held = false;
      stopping = new AbortController();
      const first = { run: 0, runs: jobs.length, share: 0, job: jobs[0] };
      store.setState({
        going: { ...first, fragment, phase: 'running', left: null },
        ended: null,
        notice: null,
      });
      settle();
      void run(sweep, stopping.signal);
    },
    pause: () => hold(true),
    goOn: () => hold(false),
    stop: () => stopping?.abort(new Error('Stopped.')),
    datasetOf,
  };
}
