import type { StrategyId } from '../../experiment/strategies.ts';
import { dashOf } from '../strategies.ts';

/** A strategy's line, as charts draw it. */
export function LineSample({ id }: { readonly id: StrategyId }) {
  return (
    <svg viewBox="0 0 28 4" width="28" height="4" aria-hidden="true">
      <line
        x1="0"
        x2="28"
        y1="2"
        y2="2"
        stroke={`var(--strategy-${id})`}
        strokeWidth="3"
        strokeDasharray={dashOf(id)}
      />
    </svg>
  );
}
