import { useEffect, useReducer } from 'react';
import type { StrategyId } from '../../experiment/strategies.ts';
import { useSession } from '../store/context.tsx';

/** Grows with every report of steps done by a device: what runs in the drawing moves on with it, and with nothing else. */
export function useReports(id: StrategyId, rank: number): number {
  const steps = useSession(({ strategies }) => strategies[id]?.rankProgress[rank]?.steps ?? 0);
  const [reports, report] = useReducer((count: number) => count + 1, 0);
  useEffect(report, [report, steps]);
  return reports;
}

/** Pixels that a stream moves on with every report. */
export const PACE = 6;
