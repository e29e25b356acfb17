/** When each way of training first comes near the best of conventional training. */
import type { ModeState, Point } from './state.ts';

/** Shares of conventional training's best test accuracy. */
export const SHARES = [0.9, 0.95, 0.99] as const;

export interface Milestone {
  readonly share: number;
  /** Test accuracy that has to be reached. */
  readonly accuracy: number;
  /** The first point there, by mode; null where it is not there yet. */
  readonly reached: readonly { readonly id: ModeState['id']; readonly point: Point | null }[];
}

/** Empty while conventional training has nothing to compare with. */
export function milestones(modes: readonly ModeState[]): Milestone[] {
  const conventional = modes.find(({ id }) => id === 'conventional');
  const trained = conventional?.points.filter(({ step }) => step > 0) ?? [];
  if (trained.length === 0) return [];
  const best = Math.max(...trained.map(({ testAccuracy }) => testAccuracy));
  return SHARES.map((share) => ({
    share,
    accuracy: share * best,
    reached: modes.map(({ id, points }) => ({
      id,
      point: points.find(({ step, testAccuracy }) => step > 0 && testAccuracy >= share * best) ?? null,
    })),
  }));
}
