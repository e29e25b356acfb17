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

/** One strategy's accuracies by class over time, as a picture wants them. */
export interface ClassPicture {
  readonly id: StrategyState['id'];
  /** Of each evaluation, and of the final one. */
  readonly columns: readonly { readonly epochs: number; readonly accuracies: readonly (number | null)[] }[];
}

/** Classes in the order of all pictures and tables: the rarest in training first. */
export const rarestFirst = (classes: number, counts: readonly number[]): number[] =>
  Array.from({ length: classes }, (_, label) => label).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0));

/** Of those that were measured by class; a column's accuracies stand in the order of `rarestFirst`. */
export function classPictures(
  strategies: readonly StrategyState[],
  counts: readonly number[],
): readonly ClassPicture[] {
  return strategies.flatMap(({ id, points, final }) => {
    const measured = points.filter(({ classAccuracy }) => classAccuracy.length > 0);
    if (measured.length === 0) return [];
    const order = rarestFirst(measured[0].classAccuracy.length, counts);
    const inOrder = (accuracies: readonly (number | null)[]) =>
      order.map((label) => accuracies[label] ?? null);
    return {
      id,
      columns: measured.map(({ epochs, classAccuracy }, index) => ({
        epochs,
        accuracies: inOrder((index === measured.length - 1 && final?.classAccuracy) || classAccuracy),
      })),
    };
  });
}

/** Null where none was measured by class. */
export function classTables(
  strategies: readonly StrategyState[],
  { counts, characters }: Classes,
): { readonly shown: TableData; readonly overTime: TableData } | null {
  const measured = strategies.filter((strategy) => newest(strategy).length > 0);
  if (measured.length === 0) return null;
  const order = rarestFirst(newest(measured[0]).length, counts);
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
