import type { ModeState } from '../../session/state.ts';

/** Each partition's newest loss against its labels; none once they are joined and learn from classes together. */
export function labelLosses(mode: ModeState | undefined): readonly number[] | undefined {
  const newest = mode?.points.at(-1);
  return newest?.phase === 'recovery' ? undefined : newest?.rankLosses;
}
