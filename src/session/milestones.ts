/** When each strategy first comes near the best of conventional training. */
import { BASELINE } from '../experiment/strategies.ts';
import type { StrategyState, Point } from './state.ts';

/** Shares of conventional training's best test accuracy. */
export const SHARES = [0.9, 0.95, 0.99] as const;

/** What milestones are read from. */
export type CurvePoint = Pick<Point, 'step' | 'testAccuracy'>;

/** The points of a strategy, oldest first. */
export interface Curve<P extends CurvePoint = CurvePoint> {
  readonly id: StrategyState['id'];
  readonly points: readonly P[];
}

export interface Milestone<P extends CurvePoint = Point> {
  readonly share: number;
  /** Test accuracy that has to be reached. */
  readonly accuracy: number;
  /** The first point there, by strategy; null where it is not there yet. */
  readonly reached: readonly { readonly id: StrategyState['id']; readonly point: P | null }[];
}

/** Empty while conventional training has nothing to compare with. */
export function milestones<P extends CurvePoint>(strategies: readonly Curve<P>[]): Milestone<P>[] {
  const best = bestOfConventional(strategies);
  if (best === null) return [];
  return SHARES.map((share) => ({
    share,
    accuracy: share * best,
    reached: strategies.map(({ id, points }) => ({
      id,
      point: points[firstAt(points, share * best)] ?? null,
    })),
  }));
}

/** Conventional training's best test accuracy; null while none was measured after a step. */
export function bestOfConventional(strategies: readonly Curve[]): number | null {
  let best: number | null = null;
  for (const { step, testAccuracy } of strategies.find(({ id }) => id === BASELINE)?.points ?? []) {
    if (step > 0 && testAccuracy >= (best ?? 0)) best = testAccuracy;
  }
  return best;
}

/** Place of the first point after a step that is at least so accurate; −1 where none is. */
export const firstAt = (points: readonly CurvePoint[], accuracy: number): number =>
  points.findIndex(({ step, testAccuracy }) => step > 0 && testAccuracy >= accuracy);
