/** One line per experiment, seed and strategy. */
import { csv } from '../export/csv.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Cell } from './grid.ts';
import type { StrategyResult } from './results.ts';
import type { RunResult } from './run.ts';
import type { BegunWith } from './weights.ts';

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

export function csvOf(results: readonly CellResult[]): string {
  const keys = [...new Set(results.flatMap(({ cell }) => Object.keys(cell.settings)))];
  const head = [
    ...keys,
    'strategy',
    'seed',
    'final accuracy',
    'best accuracy',
    'final balanced accuracy',
    'seconds',
    'FLOPs',
    'training bytes',
    'training messages',
    'peak bytes of the fullest device',
    'the same without images',
    'data set',
    'engine used',
    'initial weights',
    'link',
  ];
  const rows = results.flatMap(({ cell, seeds, strategies, dataset, engine, weights }) =>
    Object.entries(strategies).flatMap(([strategy, result]) =>
      seeds.map((seed, index) => [
        ...keys.map((key) => cell.settings[key] ?? ''),
        strategy,
        seed,
        result.accuracy.final[index],
        result.accuracy.best[index],
        result.balancedAccuracy.final[index],
        result.seconds[index],
        result.flops,
        result.traffic.trainingBytes,
        result.traffic.trainingMessages,
        Math.max(...result.memory.map(({ peakBytes }) => peakBytes)),
        result.fullestBytes,
        dataset.name,
        engine,
        weights ? `${weights.file} (${weights.digest.slice(0, 16)})` : 'seed',
        `#${cell.fragment}`,
      ]),
    ),
  );
  return csv([head, ...rows]);
}
