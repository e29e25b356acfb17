/** What a sweep came to, as lines: a strategy's mean over the seeds at each value, and how far the seeds lie apart. */
import { FIELD_NAMES, fieldOf } from '../../../../experiment/table.ts';
import type { StrategyId } from '../../../../experiment/strategies.ts';
import type { Sweep } from '../../../../session/study/grid.ts';
import type { CellResult } from '../../../../session/study/results.ts';
import type { Across } from '../../../charts/across.ts';

export const MEASURES = ['accuracy', 'error', 'balanced', 'balancedError'] as const;
export type Measure = (typeof MEASURES)[number];

/** What the seeds of one experiment came to. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

export interface SweptLine {
  readonly id: StrategyId;
  /** What else is swept, as in a link: `noise=0.5`; empty where nothing is. */
  readonly besides: string;
  /** From left to right. */
  readonly spots: readonly Spot[];
}

/** Values that differ by more than this stand on a logarithmic axis. */
const FAR = 20;
/** Beside the outermost values, as a share of what lies between them. */
const MARGIN = 0.05;

export const labelOf = (key: string): string => {
  const name = FIELD_NAMES.find((one) => fieldOf(one).key === key);
  return name ? fieldOf(name).label : key;
};

/** The axis that a setting's values stand on: at their numbers, or one beside the other where they are none. */
export function acrossOf({ key, values }: Sweep): Across & { readonly apart: boolean } {
  const distinct = [...new Set(values)];
  const numbers = distinct.map(Number);
  const name = labelOf(key);
  if (numbers.length < 2 || numbers.some((value) => !Number.isFinite(value))) {
    const ticks = distinct.map((label, x) => ({ x, label }));
    return { name, ticks, domain: [-0.5, distinct.length - 0.5], apart: true };
  }
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const place = least > 0 && most / least >= FAR ? Math.log10 : (value: number) => value;
  const ticks = distinct
    .map((label, index) => ({ x: place(numbers[index]), label }))
    .sort((a, b) => a.x - b.x);
  const margin = MARGIN * (place(most) - place(least));
  return { name, ticks, domain: [place(least) - margin, place(most) + margin], apart: false };
}

const finalOf = (
  { accuracy, balancedAccuracy }: CellResult['strategies'][string],
  measure: Measure,
): readonly number[] =>
  figures(measure === 'accuracy' || measure === 'error' ? accuracy.final : balancedAccuracy.final, measure);

const figures = (shares: readonly number[], measure: Measure): readonly number[] =>
  measure === 'error' || measure === 'balancedError' ? shares.map((share) => 1 - share) : shares;

function spotOf(x: number, all: readonly number[]): Spot | null {
  const known = all.filter((value) => Number.isFinite(value));
  if (known.length === 0) return null;
  const y = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { x, y, low: Math.min(...known), high: Math.max(...known), seeds: known.length };
}

/** @param sweep The one along the axis: the others tell lines apart. */
export function finals(
  results: readonly CellResult[],
  { key }: Sweep,
  across: Across,
  measure: Measure,
): SweptLine[] {
  const lines = new Map<string, { id: StrategyId; besides: string; spots: Spot[] }>();
  for (const { cell, strategies } of results) {
    const x = across.ticks.find(({ label }) => label === cell.settings[key])?.x;
    const besides = Object.entries(cell.settings)
      .filter(([other]) => other !== key)
      .map(([other, value]) => `${other}=${value}`)
      .join(' ');
    for (const [id, result] of Object.entries(strategies)) {
      const spot = x === undefined ? null : spotOf(x, finalOf(result, measure));
      if (!spot) continue;
      const name = `${id} ${besides}`;
      const line = lines.get(name) ?? { id: id as StrategyId, besides, spots: [] };
      lines.set(name, line);
      line.spots.push(spot);
    }
  }
  return [...lines.values()].map((line) => ({ ...line, spots: line.spots.toSorted((a, b) => a.x - b.x) }));
}

/** Of one experiment with several seeds: at every evaluation, the last one on all test images. */
export function epochs({ strategies, runs }: CellResult, measure: Measure): SweptLine[] {
  const balanced = measure === 'balanced' || measure === 'balancedError';
  return Object.entries(strategies).map(([id, result]) => {
    const curves = runs.map(({ strategies: of }) => of[id as StrategyId]?.points ?? []);
    const last = curves[0].length - 1;
    const spots = curves[0].flatMap(({ epochs: x }, at) => {
      const all = curves.map((points) =>
        balanced ? points[at]?.balancedAccuracy : points[at]?.testAccuracy,
      );
      const shares =
        at === last
          ? finalOf(result, measure)
          : figures(
              all.map((one) => one ?? NaN),
              measure,
            );
      return spotOf(x, shares) ?? [];
    });
    return { id: id as StrategyId, besides: '', spots };
  });
}

/** √(p (1 − p) / n), at the figure where it is largest: what chance alone does to a share of n images. */
export const standardError = (lines: readonly SweptLine[], images: number): number =>
  Math.max(0, ...lines.flatMap(({ spots }) => spots.map(({ y }) => Math.sqrt((y * (1 - y)) / images))));
