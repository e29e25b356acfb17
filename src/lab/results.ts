/** From runs to the numbers a table wants: per strategy, a list with an entry per seed. */
import type { MemoryByKind } from '../engines/ledger.ts';
import { STRATEGY_IDS, type StrategyId } from '../experiment/strategies.ts';
import { controlsOf } from '../session/controls.ts';
import { milestones } from '../session/milestones.ts';
import { fullestPeak } from '../session/peaks.ts';
import type { StrategyState } from '../session/state.ts';
import type { RunResult } from './run.ts';

export interface Reached {
  readonly epochs: number;
  readonly seconds: number;
  readonly flops: number;
  readonly bytes: number;
}

export interface StrategyResult {
  readonly accuracy: {
    /** On all test images, when training was over. */
    readonly final: readonly number[];
    /** The best evaluation on the way or at the end. */
    readonly best: readonly number[];
    /** At the end of each epoch: `[epoch][seed]`. */
    readonly byEpoch: readonly (readonly number[])[];
  };
  /** Per seed, what its first part reaches alone; only where a strategy trains on labels at a cut. */
  readonly firstPartAlone?: readonly (number | null)[];
  /** Mean of the classes' accuracies, as of `accuracy`. */
  readonly balancedAccuracy: { readonly final: readonly number[] };
  /** On all test images of each class when training was over: `[class][seed]`; null for a class without any. */
  readonly classAccuracy: readonly (readonly (number | null)[])[];
  /** The first evaluation at 90, 95 and 99% of conventional's best, per seed; null where it was never reached. */
  readonly toReach: Readonly<Record<string, readonly (Reached | null)[]>>;
  /** Per device, of the first seed: memory does not depend on it. */
  readonly memory: readonly {
    readonly rank: number;
    readonly peakBytes: number;
    readonly byKind: MemoryByKind;
  }[];
  /** High-water mark of the fullest device without the images, which every strategy needs; of the first seed. */
  readonly fullestBytes: number;
  readonly traffic: {
    readonly trainingBytes: number;
    readonly trainingMessages: number;
    readonly evaluationBytes: number;
  };
  readonly flops: number;
  /** The strategy's own clock, per seed. */
  readonly seconds: readonly number[];
}

/** @param runs Of one experiment, one per seed. */
export function strategyResults(
  runs: readonly RunResult[],
  stepsPerEpoch: number,
): Partial<Record<StrategyId, StrategyResult>> {
  const ids = STRATEGY_IDS.filter((id) => runs[0]?.strategies[id]);
  return Object.fromEntries(ids.map((id) => [id, strategyResult(id, runs, stepsPerEpoch)]));
}

function strategyResult(id: StrategyId, runs: readonly RunResult[], stepsPerEpoch: number): StrategyResult {
  const states = runs.map(({ strategies }) => strategies[id]!);
  const ends = states.map(({ points }) =>
    points.filter(({ step }) => step > 0 && step % stepsPerEpoch === 0).map((point) => point.testAccuracy),
  );
  const final = states.map((state) => state.final?.accuracy ?? NaN);
  const reached = runs.map(({ strategies }) => milestones(Object.values(strategies)));
  const shares = reached[0]?.map(({ share }) => share) ?? [];
  const alone = runs.map(({ strategies }) => controlsOf({ [id]: strategies[id] })?.alone.first ?? null);
  const sum = (of: (device: StrategyState['devices'][number]) => number) =>
    states[0].devices.reduce((total, device) => total + of(device), 0);
  return {
    accuracy: {
      final,
      best: states.map(({ points }, seed) =>
        Math.max(final[seed], ...points.map(({ testAccuracy }) => testAccuracy)),
      ),
      byEpoch: ends[0].map((_, epoch) => ends.map((seed) => seed[epoch])),
    },
    ...(alone.some((accuracy) => accuracy !== null) ? { firstPartAlone: alone } : {}),
    balancedAccuracy: { final: states.map((state) => state.final?.balancedAccuracy ?? NaN) },
    classAccuracy: (states[0].final?.classAccuracy ?? []).map((_, label) =>
      states.map((state) => state.final?.classAccuracy?.[label] ?? null),
    ),
    toReach: Object.fromEntries(
      shares.map((share, index) => [
        share.toFixed(2),
        reached.map((seed) => {
          const point = seed[index]?.reached.find((one) => one.id === id)?.point;
          if (!point) return null;
          const { epochs, seconds, flops, bytes } = point;
          return { epochs, seconds, flops, bytes };
        }),
      ]),
    ),
    memory: states[0].devices.map(({ rank, memory }) => ({
      rank,
      peakBytes: memory.peak,
      byKind: memory.peakByKind,
    })),
    fullestBytes: fullestPeak(states[0]),
    traffic: {
      trainingBytes: sum(({ sent }) => sent.training.bytes),
      trainingMessages: sum(({ sent }) => sent.training.messages),
      evaluationBytes: sum(({ sent }) => sent.evaluation.bytes),
    },
    flops: states[0].points.at(-1)?.flops ?? 0,
    seconds: states.map(({ seconds }) => seconds),
  };
}
