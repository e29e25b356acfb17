import type { Dot } from './series.ts';

/**
 * An exponential moving average, corrected for its start as Adam corrects its moments, so that the first points are not
 * drawn towards zero. `weight` 0 leaves the line as it is; towards 1 it hardly moves.
 */
export function smooth<P extends Dot>(points: readonly P[], weight: number): readonly P[] {
  if (weight <= 0) return points;
  let sum = 0;
  let share = 0;
  return points.map((point) => {
    sum = weight * sum + (1 - weight) * point.y;
    share = weight * share + (1 - weight);
    return { ...point, y: sum / share };
  });
}
