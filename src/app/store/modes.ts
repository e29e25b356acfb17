/** Ways of training for components that need not know what goes on within a turn: they are drawn again far less often. */
import type { RefObject } from 'react';
import type { ModeState, SessionState } from '../../session/state.ts';
import { useGated } from './useGated.ts';

type Modes = SessionState['modes'];

const PROGRESS: readonly (keyof ModeState)[] = ['rankProgress'];
const NOT_MEASURED: readonly (keyof ModeState)[] = [...PROGRESS, 'status'];

const modesOf = ({ modes }: SessionState): Modes => modes;

/** Everything but the progress of turns under way. */
export const useModes = (): Modes => useGated(modesOf, { same: sameButProgress });

/** What was measured: curves, devices, final accuracy. `element`: where it is drawn. */
export const useMeasuredModes = (element?: RefObject<Element | null>): Modes =>
  useGated(modesOf, element ? { same: sameMeasured, element } : { same: sameMeasured });

const sameButProgress = (a: Modes, b: Modes): boolean => equal(a, b, PROGRESS);
const sameMeasured = (a: Modes, b: Modes): boolean => equal(a, b, NOT_MEASURED);

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
