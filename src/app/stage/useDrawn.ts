import { useEffect, useState } from 'react';
import { STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';
import { useSession } from '../store/context.tsx';
import { drawnOf, usePinned } from './drawn.ts';

/** What is drawn stays this long at least: turns may be short, and nothing on the page flickers. */
const STAYS_MS = 1000;

/** Which strategy is at it: training, joining or being looked at. */
const workingOf = ({ status, strategies }: SessionState): StrategyId | null =>
  status === 'running'
    ? (STRATEGY_IDS.find((id) => ['turn', 'joining', 'evaluating'].includes(strategies[id]?.status ?? '')) ??
      null)
    : null;

/** The strategy whose network is drawn; null where none is ticked. */
export function useDrawn(): StrategyId | null {
  const ticked = useSession(({ strategies }) => Object.keys(strategies).join()).split(',') as StrategyId[];
  const pinned = usePinned((state) => state.pinned);
  const working = useSettled(useSession(workingOf), STAYS_MS);
  const [before, keep] = useState<StrategyId | null>(null);
  const over = useSession(({ status }) => status === 'finished');
  const drawn = drawnOf({ ticked, pinned, working, before: over ? null : before });
  if (drawn !== before) keep(drawn);
  return drawn;
}

/** The newest value, but each for so many milliseconds at least. */
function useSettled<T>(value: T, ms: number): T {
  const [{ shown, since }, set] = useState(() => ({ shown: value, since: -Infinity }));
  useEffect(() => {
    if (value === shown) return;
    const take = () => set({ shown: value, since: performance.now() });
    const timer = setTimeout(take, Math.max(0, since + ms - performance.now()));
    return () => clearTimeout(timer);
  }, [value, shown, since, ms]);
  return shown;
}
