/** A study for a person at a terminal. */
import { STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import type { CellResult } from '../session/study/results.ts';
import { mean } from '../network/sums.ts';

/** None in runs kept from before it was measured. */
const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(100 * value).toFixed(2)}%`);
/** Mean and, with several seeds, half the range between the least and the most. */
function spread(values: readonly number[]): string {
  if (values.length === 1) return percent(values[0]);
  return `${percent(mean(values))} ± ${percent((Math.max(...values) - Math.min(...values)) / 2)}`;
}

/** Below a strategy that trains on labels: what its first part reaches alone, by the nearest label at its cut. */
function control(alone: readonly (number | null)[] = []): string[][] {
  const known = alone.filter((accuracy) => accuracy !== null);
  return known.length === 0 ? [] : [['', '  its first part alone', spread(known), '', '', '', '']];
}

/** Below denoising blocks: what those before the last reach; the last one's is the strategy's own. */
const blocks = (accuracies: readonly (readonly number[])[] = []): string[][] =>
  accuracies
    .slice(0, -1)
    .map((seeds, block) => ['', `  after block ${block + 1}`, spread(seeds), '', '', '', '']);

export function tableOf(results: readonly CellResult[]): string {
  const head = [
    '',
    'strategy',
    'final accuracy',
    'balanced',
    'own time',
    'memory, fullest device',
    'sent in training',
  ];
  const rows = results.flatMap(({ cell, strategies }) =>
    Object.entries(strategies).flatMap(([id, strategy], index) => [
      [
        index === 0
          ? Object.entries(cell.settings)
              .map(([key, value]) => `${key}=${value}`)
              .join(' ')
          : '',
        STRATEGIES[id as StrategyId].label,
        spread(strategy.accuracy.final),
        spread(strategy.balancedAccuracy.final),
        `${mean(strategy.seconds).toFixed(1)} s`,
        `${(strategy.fullestBytes / 1e6).toFixed(2)} MB`,
        `${(strategy.traffic.trainingBytes / 1e6).toFixed(2)} MB`,
      ],
      ...control(strategy.firstPartAlone),
      ...blocks(strategy.afterBlocks),
    ]),
  );
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
