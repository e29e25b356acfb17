/** A run in numbers, for the table that compares. */
import { milestones, SHARES } from '../../session/milestones.ts';
import { fullestPeak } from '../../session/peaks.ts';
import type { StrategyState, Point } from '../../session/state.ts';

export interface Summary {
  readonly strategy: StrategyState;
  /** On all test images where training has ended, else the newest. */
  readonly accuracy: number;
  /** By share of conventional training's best in the same run; undefined without conventional training. */
  readonly reached: readonly (Point | null | undefined)[];
  /** Bytes without the images. */
  readonly memory: number;
  readonly bytes: number;
}

export function summaries(strategies: readonly StrategyState[]): Summary[] {
  const marks = milestones(strategies);
  return strategies
    .filter(({ points }) => points.length > 0)
    .map((strategy) => {
      const last = strategy.points[strategy.points.length - 1];
      return {
        strategy,
        accuracy: strategy.final?.accuracy ?? last.testAccuracy,
        reached: SHARES.map((share) => {
          const mark = marks.find((one) => one.share === share);
          return mark?.reached.find(({ id }) => id === strategy.id)?.point;
        }),
        memory: fullestPeak(strategy),
        bytes: last.bytes,
      };
    });
}
