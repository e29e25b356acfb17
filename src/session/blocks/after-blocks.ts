/** How well denoising blocks answer one after the other: what a row of them is worth. */
import { madeOfBlocks, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import type { Point, StrategyState } from '../state.ts';

type Seen = Pick<StrategyState, 'final'> & {
  readonly points: readonly Pick<Point, 'phase' | 'testAccuracy' | 'nearestLabel'>[];
};

/** Two accuracies that are as good as one, as a share of 1: half a percentage point. */
const SAME = 0.005;

/** The strategy of blocks that is there. */
export const ofBlocks = (strategies: { readonly [Id in StrategyId]?: unknown }): StrategyId | undefined =>
  STRATEGY_IDS.find((id) => madeOfBlocks(id) && strategies[id] !== undefined);

/**
 * Accuracies, 0 … 1, after the first block, the second, … and all of them: the final ones, or the newest while training goes
 * on. Empty before anything has trained, and where not all blocks could be asked.
 */
export function afterBlocks({ final, points }: Seen): readonly number[] {
  const newest = points.at(-1);
  if (!newest || newest.phase === 'start') return [];
  const all = final
    ? [...(final.nearestLabel ?? []).map((share) => share ?? NaN), final.accuracy]
    : [...newest.nearestLabel, newest.testAccuracy];
  return all.every(Number.isFinite) ? all : [];
}

/** What the blocks behind the first one do: nothing, good or harm; null where there are none, or nothing is known. */
export function workOfLater(accuracies: readonly number[]): 'none' | 'good' | 'harm' | null {
  if (accuracies.length < 2) return null;
  const gain = accuracies[accuracies.length - 1] - accuracies[0];
  return Math.abs(gain) <= SAME ? 'none' : gain > 0 ? 'good' : 'harm';
}
