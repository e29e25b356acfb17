/** One experiment with one seed, start to end: the session the page uses, without a page. */
import type { Dataset } from '../../data/dataset.ts';
import { fixedClient } from '../../data/fixed-client.ts';
import type { Spawner } from '../../devices/device.ts';
import type { EngineId } from '../../engines/contract.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { encode } from '../../experiment/link.ts';
import type { PlacedWeights } from '../given-weights.ts';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import type { Choice } from '../engines.ts';
import { createSession } from '../session.ts';
import type { StrategyState, SessionState } from '../state.ts';
import type { Pausing } from './pausing.ts';
import { studyText as text } from './words.ts';

export interface RunOptions {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  /** What each choice of an engine comes to. */
  readonly engineOf: (choice: Choice) => Promise<EngineId>;
  /** Weights to begin with; the seed's own if null. */
  readonly weights: PlacedWeights | null;
  /** For all devices of a strategy. */
  readonly cores: number;
  readonly spawn: Spawner;
  readonly pausing: Pausing;
  readonly signal: AbortSignal;
  /** Steps done and to do, all strategies together. */
  readonly onProgress: (done: number, total: number) => void;
}

/** What a run leaves: plain JSON. */
export interface RunResult {
  readonly fragment: string;
  readonly engine: string;
  readonly strategies: Readonly<Partial<Record<StrategyId, StrategyState>>>;
}

/** Every strategy has an accuracy on all test images. */
export const isFinished = ({ strategies }: Pick<RunResult, 'strategies'>): boolean =>
  typeof strategies === 'object' &&
  strategies !== null &&
  Object.keys(strategies).length > 0 &&
  Object.values(strategies).every(({ final }) => Number.isFinite(final?.accuracy));

/** It came to no result, e.g. since a strategy diverged. Other experiments may do better. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
}

/** A device is gone that its strategy could do without, but whose share the result would lack. */
export class PartitionLostError extends Error {
  override readonly name = 'PartitionLostError';
}

/**
 * @throws `RunFailedError` with the strategy's own sentence where one fails; `PartitionLostError` where SIL loses a device;
 *   the signal's reason where it is aborted.
 */
export async function runOnce(options: RunOptions): Promise<RunResult> {
  const { experiment, dataset, engineOf, weights, cores, spawn, pausing, signal, onProgress } = options;
  await pausing.over(signal);
  const over = new AbortController();
  const fragment = encode(experiment);
  const session = createSession({
    link: fragment,
    data: fixedClient(async () => dataset),
    spawn,
    cores,
    chooseEngine: async (choice) => ({ id: await engineOf(choice), why: '' }),
    weights,
  });
  try {
    await session.ready;
    signal.throwIfAborted();
    const finished = new Promise<SessionState>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
      session.store.subscribe((state) => {
        const strategies = Object.values(state.strategies);
        const failed = strategies.find(({ error }) => error);
        if (failed)
          return reject(new RunFailedError(text.strategyFailed(STRATEGIES[failed.id].label, failed.error!)));
        for (const { id, devices } of strategies) {
          const lost = devices.find((device) => device.lost !== null);
          if (!lost) continue;
          return reject(new PartitionLostError(text.deviceLost(STRATEGIES[id].label, lost.rank, lost.lost!)));
        }
        const total = strategies.length * (state.totalSteps + state.recoverySteps);
        onProgress(
          strategies.reduce((sum, { step }) => sum + step, 0),
          total,
        );
        if (state.status === 'finished') resolve(state);
      });
    });
    const { play, pause } = session.actions;
    pausing.onChange((paused) => (paused ? pause() : play()), over.signal);
    if (!pausing.paused) play();
    const { strategies } = await finished;
    const unfinished = Object.values(strategies).find(
      (strategy) => !isFinished({ strategies: { [strategy.id]: strategy } }),
    );
    if (unfinished) throw new RunFailedError(text.unfinished(STRATEGIES[unfinished.id].label));
    const engines = Object.values(strategies).flatMap(({ devices }) =>
      devices.map(({ about }) => about.name),
    );
    return { fragment, engine: [...new Set(engines)].join(' and '), strategies };
  } finally {
    over.abort();
    await session.close();
  }
}
