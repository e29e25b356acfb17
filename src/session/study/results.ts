/** From runs to the numbers a table wants: per strategy, a list with an entry per seed. */
import type { Dataset } from '../../data/dataset.ts';
import type { MemoryByKind } from '../../engines/ledger.ts';
import { plan } from '../../experiment/plan.ts';
import { madeOfBlocks, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import { afterBlocks } from '../blocks/after-blocks.ts';
import { controlsOf } from '../controls.ts';
import { milestones } from '../milestones.ts';
import { fullestPeak } from '../peaks.ts';
import type { StrategyState } from '../state.ts';
import type { Cell } from './grid.ts';
import type { RunResult } from './run-once.ts';

/** Weights that a run began with, for whoever reads its numbers: the link does not say them. */
export interface BegunWith {
  /** As `--weights` named it. */
  readonly file: string;
  /** SHA-256 of the parameters as they went into the network, in hexadecimal. */
  readonly digest: string;
  /** The first of their layers in the whole network, from 0. */
  readonly firstLayer: number;
  /** Names in the file, in the order in which they were taken. */
  readonly layerOrder: readonly string[];
}

/** What one experiment of a grid came to. */
export interface CellResult {
  readonly cell: Cell;
  readonly seeds: readonly number[];
  /** One per seed, with every point of every curve. */
  readonly runs: readonly RunResult[];
  /** Its own: a sweep may be over data or engines. */
  readonly dataset: Dataset;
  readonly engine: string;
  /** Null where it began with the seed's own. */
  readonly weights: BegunWith | null;
  readonly strategies: Readonly<Record<string, StrategyResult>>;
}

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
  /** `[block][seed]`: accuracy after the first block, the second, … and all; only of denoising blocks. */
  readonly afterBlocks?: readonly (readonly number[])[];
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

/** @param runs One per seed, at least one. */
export function cellResult(
  cell: Cell,
  seeds: readonly number[],
  runs: readonly RunResult[],
  dataset: Dataset,
  weights: BegunWith | null,
): CellResult {
  const { pixels, classes, train } = dataset;
  const { stepsPerEpoch } = plan(cell.experiment, { pixels, classes, trainCount: train.count });
  const engine = [...new Set(runs.map((one) => one.engine))].join(' and ');
  return { cell, seeds, runs, dataset, engine, weights, strategies: strategyResults(runs, stepsPerEpoch) };
}

/** @param runs Of one experiment, one per seed. */
function strategyResults(runs: readonly RunResult[], stepsPerEpoch: number): Record<string, StrategyResult> {
  const ids = STRATEGY_IDS.filter((id) => runs[0]?.strategies[id]);
  return Object.fromEntries(ids.map((id) => [id, strategyResult(id, runs, stepsPerEpoch)]));
}

function byBlock(states: readonly StrategyState[]): number[][] {
  const seeds = states.map(afterBlocks);
  return seeds[0].map((_, block) => seeds.map((seed) => seed[block]));
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
    ...(madeOfBlocks(id) ? { afterBlocks: byBlock(states) } : {}),
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
