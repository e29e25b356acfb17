/** One line per experiment, seed and strategy. */
import { csv } from '../../export/csv.ts';
import type { CellResult } from './results.ts';

export function csvOf(results: readonly CellResult[]): string {
  // Every line has its own seed, swept or not: two columns of one name would lose one.
  const keys = [...new Set(results.flatMap(({ cell }) => Object.keys(cell.settings)))].filter(
    (key) => key !== 'seed',
  );
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
