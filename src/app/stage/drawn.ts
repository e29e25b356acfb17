/** Whose network is drawn: the one that someone picked, or that of the strategy whose turn it is. */
import { create } from 'zustand';
import { labelled, type StrategyId } from '../../experiment/strategies.ts';

interface Pinned {
  readonly pinned: StrategyId | null;
}

/** For the whole page; not in the link: it is a look, not a setting. */
export const usePinned = create<Pinned>()(() => ({ pinned: null }));

/** Draws this strategy from now on; once more, and the drawing follows the turn again. */
export const pin = (id: StrategyId): void =>
  usePinned.setState(({ pinned }) => ({ pinned: pinned === id ? null : id }));

export interface Wanted {
  /** In the order of their rows. */
  readonly ticked: readonly StrategyId[];
  readonly pinned: StrategyId | null;
  /** Whose turn it is; null while nothing trains. */
  readonly working: StrategyId | null;
  /** What was drawn until now: a pause, or a look between two turns, changes nothing. Null once all is done. */
  readonly before: StrategyId | null;
}

/** Null only where no strategy is ticked. */
export function drawnOf({ ticked, pinned, working, before }: Wanted): StrategyId | null {
  const there = [pinned, working, before].find((id) => id !== null && ticked.includes(id));
  return there ?? labelled(ticked) ?? ticked[0] ?? null;
}
