/** Accuracy by class as tables: what is shown, and what is saved. */
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import type { TableData } from '../../charts/table.ts';
import { percent, whole } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';

export interface Classes {
  /** Training images of each; empty where no data is at hand. */
  readonly counts: readonly number[];
  readonly characters: readonly string[];
}

/** On all test images where training is over. */
const newest = ({ final, points }: StrategyState): readonly (number | null)[] =>
  final?.classAccuracy ?? points.at(-1)?.classAccuracy ?? [];

/** Null where none was measured by class. */
export function classTables(
  strategies: readonly StrategyState[],
  { counts, characters }: Classes,
): { readonly shown: TableData; readonly overTime: TableData } | null {
  const measured = strategies.filter((strategy) => newest(strategy).length > 0);
  if (measured.length === 0) return null;
  // The rarest first.
  const order = [...newest(measured[0]).keys()].sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));
  const named = (label: number) => characters[label] ?? String(label);
  return {
    shown: {
      head: [text.class, text.trainingImages, ...measured.map(({ id }) => STRATEGIES[id].label)],
      rows: order.map((label) => [
        named(label),
        counts[label] ?? null,
        ...measured.map((strategy) => newest(strategy)[label] ?? null),
      ]),
      format: (value, column) => (column === 1 ? whole : percent)(value),
    },
    overTime: {
      head: [text.strategy, text.axis.units.epochs, ...order.map(named)],
      units: ['', '', ...order.map(() => text.units.share)],
      rows: measured.flatMap(({ id, points }) =>
        points.map(({ epochs, classAccuracy }) => [
          STRATEGIES[id].label,
          epochs,
          ...order.map((label) => classAccuracy[label] ?? null),
        ]),
      ),
    },
  };
}
