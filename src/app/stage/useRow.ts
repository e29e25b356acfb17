import { useMemo } from 'react';
import type { StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';
import { useImages } from '../ledger/images.ts';
import { useSession } from '../store/context.tsx';
import { rowOf, type Row } from './row.ts';

/** What a strategy's row says. The same object until its figures change: steps and losses come many times a second. */
export function useRow(id: StrategyId): Row | null {
  const images = useImages((state) => state.images);
  return useSession(useMemo(() => selector(id, images), [id, images]));
}

function selector(id: StrategyId, images: boolean): (state: SessionState) => Row | null {
  let row: Row | null = null;
  let of: readonly unknown[] = [];
  return (state) => {
    const strategy = state.strategies[id];
    const now = [
      state.plan,
      state.costEstimates,
      state.dataset,
      strategy?.devices,
      strategy?.points,
      strategy?.final,
      strategy?.status === 'failed',
    ];
    if (of.length === 0 || now.some((part, at) => part !== of[at]))
      [row, of] = [rowOf(state, id, images), now];
    return row;
  };
}
