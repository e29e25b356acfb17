/** From a strategy's points to what a chart draws and a table lists. */
import type { StrategyState, Point } from '../../session/state.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { dashOf } from '../strategies.ts';

export const AXES = ['epochs', 'samples', 'seconds', 'flops', 'bytes'] as const;
export type Axis = (typeof AXES)[number];

export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** One line: a name, whose it is, how it looks, and its points in order. */
export interface Line {
  readonly key: string;
  readonly label: string;
  /** Lines of one owner are shown and hidden together, in every chart. */
  readonly owner: string;
  /** A CSS colour. */
  readonly color: string;
  /** `stroke-dasharray`; '0' for a solid line. */
  readonly dash: string;
  /** A second line of the same owner, drawn thinner. */
  readonly secondary: boolean;
  /** What sets it apart from its owner's first one, in words. */
  readonly suffix?: string;
  readonly points: readonly Dot[];
}

/** Whose curves are drawn: a strategy of the run at hand or of a kept one. */
export interface Source {
  readonly id: StrategyId;
  readonly label: string;
  /** Distinct among all that are drawn. */
  readonly owner: string;
  /** 0: the run at hand; 1, 2 …: kept runs, drawn in another shade. */
  readonly shade: number;
  readonly points: readonly Point[];
}

export interface Quantity {
  readonly suffix: string;
  readonly secondary?: boolean;
  readonly of: (point: Point) => number | null;
}

/** The strategies of the run at hand. */
export const sourceOf = (state: StrategyState, label: string): Source => ({
  id: state.id,
  label,
  owner: state.id,
  shade: 0,
  points: state.points,
});

/** A line per source and quantity; points without a number are left out, lines without points too. */
export function linesOf(sources: readonly Source[], axis: Axis, quantities: readonly Quantity[]): Line[] {
  return sources.flatMap(({ id, owner, shade, label, points: all }) =>
    quantities.flatMap(({ suffix, secondary = false, of }, index) => {
      const points = dotsOf(all, axis, of);
      if (points.length === 0) return [];
      return [
        {
          key: `${owner}-${index}`,
          label: suffix ? `${label}, ${suffix}` : label,
          owner,
          color: colorOf(id, shade),
          dash: secondary ? '1 3' : dashOf(id),
          secondary,
          suffix,
          points,
        },
      ];
    }),
  );
}

const known = new WeakMap<readonly Point[], WeakMap<Quantity['of'], Partial<Record<Axis, readonly Dot[]>>>>();

/** The very same dots for the same points, axis and quantity, so that a line that stays need not be drawn again. */
function dotsOf(points: readonly Point[], axis: Axis, of: Quantity['of']): readonly Dot[] {
  const byQuantity =
    known.get(points) ?? new WeakMap<Quantity['of'], Partial<Record<Axis, readonly Dot[]>>>();
  known.set(points, byQuantity);
  const byAxis = byQuantity.get(of) ?? {};
  byQuantity.set(of, byAxis);
  return (byAxis[axis] ??= points.flatMap((point) => {
    const y = of(point);
    return y === null || !Number.isFinite(y) ? [] : [{ x: point[axis], y }];
  }));
}

/** A strategy's colour; kept runs are mixed with the paper's, each one step further. */
export function colorOf(id: StrategyId, shade: number): string {
  const own = `var(--strategy-${id})`;
  if (shade === 0) return own;
  const share = Math.max(35, 75 - 15 * shade);
  return `color-mix(in oklab, ${own} ${share}%, var(--shade-${shade % 4}))`;
}

/**
 * Rows for a table and a chart: one per distinct x, a value per line where it has one. Where a line has two values at one
 * x, as at its end, the second is in a row of its own: no figure takes another's place.
 */
export function rowsOf(
  lines: readonly Line[],
): { readonly x: number; readonly values: Readonly<Record<string, number>> }[] {
  const rows = new Map<number, Record<string, number>[]>();
  for (const { key, points } of lines) {
    for (const { x, y } of points) {
      const here = rows.get(x);
      const row = here?.find((values) => !(key in values));
      if (row) row[key] = y;
      else if (here) here.push({ [key]: y });
      else rows.set(x, [{ [key]: y }]);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).flatMap(([x, all]) => all.map((values) => ({ x, values })));
}

/** Index of the one nearest to x. */
export function nearestIndex(places: readonly { readonly x: number }[], x: number): number {
  let near = 0;
  places.forEach((place, index) => {
    if (Math.abs(place.x - x) < Math.abs(places[near].x - x)) near = index;
  });
  return near;
}

/** The value of the point nearest to x. */
export const valueAt = ({ points }: Line, x: number): number => points[nearestIndex(points, x)].y;
