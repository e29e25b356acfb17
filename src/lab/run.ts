/** One experiment with one seed, start to end: the session the page uses, without a page. */
import type { Dataset } from '../data/dataset.ts';
import type { EngineId } from '../engines/contract.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { encode } from '../experiment/link.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import type { PlacedWeights } from '../session/given-weights.ts';
import { createSession } from '../session/session.ts';
import type { ModeState, SessionState } from '../session/state.ts';
import { spawnThread } from './spawn-thread.ts';

export interface RunOptions {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly engine: EngineId;
  /** Weights to begin with; the seed's own if null. */
  readonly weights: PlacedWeights | null;
  readonly signal: AbortSignal;
  /** Steps done and to do, all ways of training together. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What a run leaves: plain JSON. */
export interface RunResult {
  readonly fragment: string;
  readonly engine: string;
  readonly modes: Readonly<Partial<Record<StrategyId, ModeState>>>;
}

/**
 * @throws Error with the way of training's own sentence where one fails; the signal's reason where it is aborted.
 */
export async function runOnce(options: RunOptions): Promise<RunResult> {
  const { experiment, dataset, engine, weights, signal, onProgress } = options;
  signal.throwIfAborted();
  const over = new AbortController();
  const fragment = encode(experiment);
  const session = createSession({
    link: fragment,
    data: {
      availability: async () => [],
      load: async () => dataset,
      loadFiles: async () => dataset,
      forget: async () => {},
      remember: async () => {},
    },
    spawn: spawnThread,
    chooseEngine: async (choice) => ({ id: choice === 'auto' ? engine : choice, why: '' }),
    weights,
  });
  try {
    await session.ready;
    const finished = new Promise<SessionState>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
      session.store.subscribe((state) => {
        const modes = Object.values(state.modes);
        const failed = modes.find(({ error }) => error);
        if (failed) return reject(new Error(failed.error!));
        const total = modes.length * (state.totalSteps + state.recoverySteps);
        onProgress(
          modes.reduce((sum, { step }) => sum + step, 0),
          total,
        );
        if (state.status === 'finished') resolve(state);
      });
    });
    session.actions.play();
    const { modes } = await finished;
    const about = Object.values(modes)[0].devices[0].about.name;
    return { fragment, engine: about, modes };
  } finally {
    over.abort();
    await session.close();
  }
}
