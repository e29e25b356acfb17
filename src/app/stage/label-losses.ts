import type { StrategyState } from '../../session/state.ts';

/** Each partition's newest loss against its labels; none once they are joined and learn from classes together. */
export function labelLosses(strategy: StrategyState | undefined): readonly number[] | undefined {
  const newest = strategy?.points.at(-1);
  return newest?.phase === 'recovery' ? undefined : newest?.rankLosses;
}
