/** From a mode's points to what a chart draws and a table lists. */
import type { ModeState, Point } from '../../session/state.ts';
import type { StrategyId } from '../../experiment/strategies.ts';

export const AXES = ['epochs', 'samples', 'seconds', 'flops', 'bytes'] as const;
export type Axis = (typeof AXES)[number];

/** One line: a name, the mode it belongs to, and its points in order. */
export interface Line {
  readonly key: string;
  readonly label: string;
  readonly mode: StrategyId;
  /** A second line of the same mode, drawn thinner. */
  readonly secondary: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Quantity {
  readonly suffix: string;
  readonly secondary?: boolean;
  readonly of: (point: Point) => number | null;
}

/** A line per mode and quantity; points without a number are left out, lines without points too. */
export function linesOf(
  modes: readonly { readonly state: ModeState; readonly label: string }[],
  axis: Axis,
  quantities: readonly Quantity[],
): Line[] {
  return modes.flatMap(({ state, label }) =>
    quantities.flatMap(({ suffix, secondary = false, of }, index) => {
      const points = state.points.flatMap((point) => {
        const y = of(point);
        return y === null || !Number.isFinite(y) ? [] : [{ x: point[axis], y }];
      });
      if (points.length === 0) return [];
      return [
        {
          key: `${state.id}-${index}`,
          label: suffix ? `${label}, ${suffix}` : label,
          mode: state.id,
          secondary,
          points,
        },
      ];
    }),
  );
}

/** Rows for a table and a chart: one per distinct x, a value per line where it has one. */
export function rowsOf(
  lines: readonly Line[],
): { readonly x: number; readonly values: Readonly<Record<string, number>> }[] {
  const rows = new Map<number, Record<string, number>>();
  for (const { key, points } of lines) {
    for (const { x, y } of points) {
      const row = rows.get(x);
      if (row) row[key] = y;
      else rows.set(x, { [key]: y });
    }
  }
  return [...rows].sort(([a], [b]) => a - b).map(([x, values]) => ({ x, values }));
}
