/** Places on the horizontal axis where a run changed. */
import type { StrategyState } from '../../session/state.ts';
import { percent } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import type { Mark } from './Curves.tsx';
import type { Axis } from './series.ts';

interface Jump extends Mark {
  /** The same with what it did to the accuracy. */
  readonly jump: string;
}

/** Where partitions were joined, and where each recovery epoch ended. */
export function jumpsOf(strategies: readonly StrategyState[], axis: Axis): Jump[] {
  // Who exchanged something at every step is one network all along, and joins nothing.
  const strategy = strategies.find(({ devices }) => devices.some(({ sent }) => sent.join.messages > 0));
  if (!strategy) return [];
  const { points } = strategy;
  const first = points.findIndex(({ phase }) => phase === 'recovery');
  const joined = points[first - 1];
  if (!joined) return [];
  const ends = points.filter(
    ({ epochs }, index) => index >= first && Number.isInteger(epochs) && epochs > joined.epochs,
  );
  return [
    { x: joined[axis], label: text.joined, jump: text.joinedAt(percent(joined.testAccuracy)) },
    ...ends.map((point, index) => {
      const label = text.recovery(index + 1);
      const gained = 100 * (point.testAccuracy - (ends[index - 1] ?? joined).testAccuracy);
      return { x: point[axis], label, jump: text.gained(label, gained.toFixed(1)) };
    }),
  ];
}
