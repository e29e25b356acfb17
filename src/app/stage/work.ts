/** Who is at work: which strategy has its turn, and how much of it each partition of the drawing does. */
import { STRATEGIES, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import type { StrategyState, SessionState } from '../../session/state.ts';
import { busyShare, lastSteps } from '../views/devices/lanes.ts';

export interface Work {
  readonly strategy: StrategyId;
  /** Per partition, 0 (waits) … 1 (works all the time). */
  readonly shares: readonly number[];
}

/** Null while nothing trains. Only one strategy works at a time. */
export function workOf(
  { status, strategies }: Pick<SessionState, 'status' | 'strategies'>,
  partitions: number,
): Work | null {
  if (status !== 'running') return null;
  const strategy = STRATEGY_IDS.find((id) => strategies[id]?.status === 'turn');
  return strategy ? { strategy, shares: sharesOf(strategies[strategy]!, partitions) } : null;
}

function sharesOf(strategy: StrategyState, partitions: number): readonly number[] {
  const all = Array.from({ length: partitions }, () => 1);
  switch (STRATEGIES[strategy.id].spread) {
    case 'apart':
      // Once joined, the first device trains every layer.
      return strategy.phase === 'recovery'
        ? all
        : all.map((_, rank) => (strategy.rankProgress[rank]?.done ? 0 : 1));
    case 'handed':
      return strategy.phase === 'recovery'
        ? staged(strategy, all)
        : all.map((_, rank) => (strategy.rankProgress[rank]?.done ? 0 : 1));
    case 'stages':
    case 'forward':
      return staged(strategy, all);
    case 'blocks':
    case 'copies':
    case 'shares':
      // Every device works all the time, on its own block or on every layer.
      return all;
  }
}

/** Devices are measured at the end of a turn, and asked about many times within one. */
const measured = new WeakMap<StrategyState['devices'], readonly number[] | null>();

/** Stages wait for each other: the share of the last measured steps in which each had work. */
function staged({ devices }: StrategyState, all: number[]): readonly number[] {
  let shares = measured.get(devices);
  if (shares === undefined) {
    const lanes = devices.map(({ spans }) => spans);
    const stretch = lastSteps(lanes);
    shares = stretch && lanes.map((spans) => busyShare(spans, stretch));
    measured.set(devices, shares);
  }
  return shares ?? all;
}
