/** Strategies for components that need not know what goes on within a turn: they are drawn again far less often. */
import type { RefObject } from 'react';
import type { StrategyState, SessionState } from '../../session/state.ts';
import { useGated } from './useGated.ts';

type Strategies = SessionState['strategies'];

const PROGRESS: readonly (keyof StrategyState)[] = ['rankProgress'];
const NOT_MEASURED: readonly (keyof StrategyState)[] = [...PROGRESS, 'status'];

const strategiesOf = ({ strategies }: SessionState): Strategies => strategies;

/** Everything but the progress of turns under way. */
export const useStrategies = (): Strategies => useGated(strategiesOf, { same: sameButProgress });

/** What was measured: curves, devices, final accuracy. `element`: where it is drawn. */
export const useMeasuredStrategies = (element?: RefObject<Element | null>): Strategies =>
  useGated(strategiesOf, element ? { same: sameMeasured, element } : { same: sameMeasured });

const sameButProgress = (a: Strategies, b: Strategies): boolean => equal(a, b, PROGRESS);
const sameMeasured = (a: Strategies, b: Strategies): boolean => equal(a, b, NOT_MEASURED);

/** Whether two states of the strategies differ at most in these fields. */
export function equal(a: Strategies, b: Strategies, ignored: readonly (keyof StrategyState)[]): boolean {
  if (a === b) return true;
  const ids = Object.keys(b) as (keyof Strategies)[];
  if (ids.length !== Object.keys(a).length) return false;
  return ids.every((id, index) => {
    const [before, after] = [a[id], b[id]];
    // In the same order as well: it is the order in which they are listed.
    if (!before || !after || Object.keys(a)[index] !== id) return false;
    return (Object.keys(after) as (keyof StrategyState)[]).every(
      (field) => ignored.includes(field) || Object.is(before[field], after[field]),
    );
  });
}
