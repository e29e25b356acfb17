/** Memory over the run as lines of a chart. */
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { colorOf, nearestIndex, type Axis, type Line } from '../../charts/series.ts';
import { dashOf } from '../../strategies.ts';
import { chartsText as text } from '../../text/charts.ts';
import { memoryCurve, type Held, type MemoryPoint } from './memory.ts';

export interface MemoryLines {
  /** What the fullest device holds, and most that it ever held. */
  readonly lines: readonly Line[];
  readonly points: readonly MemoryPoint[];
}

interface Known extends MemoryLines {
  readonly key: string;
  readonly levels: StrategyState['memoryLevels'];
}

const known = new WeakMap<StrategyState['points'], Known>();

/** The very same lines for the same points, looked at in the same way: what stays is not drawn again. */
export function memoryLines(strategy: StrategyState, axis: Axis, images: boolean): MemoryLines {
  const { id, points, memoryLevels: levels } = strategy;
  const key = `${axis} ${images}`;
  const before = known.get(points);
  if (before?.key === key && before.levels === levels) return before;
  const curve = memoryCurve(strategy, images);
  const line = {
    owner: id,
    color: colorOf(id, 0),
    label: STRATEGIES[id].label,
  };
  const lines: Line[] =
    curve.length === 0
      ? []
      : [
          {
            ...line,
            key: `${id}-held`,
            dash: dashOf(id),
            secondary: false,
            points: curve.map(({ point, held }) => ({ x: point[axis], y: held.bytes })),
          },
          {
            ...line,
            key: `${id}-high`,
            label: `${line.label}, ${text.highWaterLine}`,
            suffix: text.highWaterLine,
            dash: '1 3',
            secondary: true,
            points: curve.map(({ point, high }) => ({ x: point[axis], y: high })),
          },
        ];
  const found = { lines, points: curve, key, levels };
  known.set(points, found);
  return found;
}

/** Bytes while something was done, with what was there only to look on. */
export const withLooking = ({ bytes, looking }: Held): number => bytes + looking;

/** The point nearest to a place of the axis. */
export const memoryAt = (points: readonly MemoryPoint[], axis: Axis, x: number): MemoryPoint =>
  points[
    nearestIndex(
      points.map(({ point }) => ({ x: point[axis] })),
      x,
    )
  ];
