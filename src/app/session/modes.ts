/** Ways of training for components that need not know what goes on within a turn: they are drawn again far less often. */
import { useState } from 'react';
import type { ModeState, SessionState } from '../../session/state.ts';
import { useSession } from './context.tsx';

type Modes = SessionState['modes'];

const PROGRESS: readonly (keyof ModeState)[] = ['rankProgress'];

/** Everything but the progress of turns under way. */
export const useModes = (): Modes => useModesWithout(PROGRESS);

/** What was measured: curves, devices, final accuracy. */
export const useMeasuredModes = (): Modes => useModesWithout([...PROGRESS, 'status']);

/** The same object until something else changes than these fields. */
function useModesWithout(ignored: readonly (keyof ModeState)[]): Modes {
  const [select] = useState(() => {
    let kept: Modes = {};
    return ({ modes }: SessionState): Modes => (kept = equal(kept, modes, ignored) ? kept : modes);
  });
  return useSession(select);
}

/** Whether two states of the ways of training differ at most in these fields. */
export function equal(a: Modes, b: Modes, ignored: readonly (keyof ModeState)[]): boolean {
  if (a === b) return true;
  const ids = Object.keys(b) as (keyof Modes)[];
  if (ids.length !== Object.keys(a).length) return false;
  return ids.every((id, index) => {
    const [before, after] = [a[id], b[id]];
    // In the same order as well: it is the order in which they are listed.
    if (!before || !after || Object.keys(a)[index] !== id) return false;
    return (Object.keys(after) as (keyof ModeState)[]).every(
      (field) => ignored.includes(field) || Object.is(before[field], after[field]),
    );
  });
}
