import type { StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';

type Progressing = Pick<SessionState, 'strategies' | 'totalSteps' | 'recoverySteps'>;

/** Share of all its steps that a strategy has done, 0 … 1, those of the turn under way included. */
export function shareDone({ strategies, totalSteps, recoverySteps }: Progressing, id: StrategyId): number {
  const strategy = strategies[id];
  const all = totalSteps + recoverySteps;
  if (!strategy || all === 0) return 0;
  if (strategy.status === 'finished') return 1;
  return Math.min(
    1,
    (strategy.step + (strategy.status === 'turn' ? inTurn(strategy.rankProgress) : 0)) / all,
  );
}

/** The same of a run, 0 … 1. What has failed does nothing more: the rest is all there is to do. */
export function shareOfRun(state: Progressing): number {
  const all = Object.values(state.strategies);
  const going = all.filter(({ status }) => status !== 'failed');
  const counted = going.length > 0 ? going : all;
  const sum = counted.reduce((total, { id }) => total + shareDone(state, id), 0);
  return counted.length === 0 ? 0 : sum / counted.length;
}

/** Ranks of SIL may differ: the turn is as far as the slowest that still works. */
function inTurn(ranks: readonly { readonly steps: number; readonly done: boolean }[]): number {
  const working = ranks.filter(({ done }) => !done).map(({ steps }) => steps);
  return working.length > 0 ? Math.min(...working) : Math.max(0, ...ranks.map(({ steps }) => steps));
}
