/** From a run to the bars beside its curves: what each strategy's fullest device holds, and what was sent. Bytes. */
import type { MemoryByKind } from '../../../engines/ledger.ts';
import type { StrategyId } from '../../../experiment/strategies.ts';
import type { SessionState } from '../../../session/state.ts';
import { sentToTrain } from '../../ledger/standing.ts';
import { foretold } from '../../stage/row.ts';
import { fullestOf, kindsOf, sumOf } from './memory.ts';

export interface StandingBar {
  readonly id: StrategyId;
  /** Whether devices were measured; else the closed forms foretell. */
  readonly measured: boolean;
  /** Of the fullest device at its fullest moment, by kind. */
  readonly byKind: MemoryByKind | undefined;
  /** The counted kinds together. */
  readonly held: number;
  /** To train, between all devices; foretold of the whole run before it began. */
  readonly sent: number;
}

/** One for each strategy that takes part. */
export function standingBars(
  state: Pick<SessionState, 'strategies' | 'costEstimates' | 'plan' | 'experiment' | 'dataset'>,
  images: boolean,
): StandingBar[] {
  const { strategies, costEstimates } = state;
  const kinds = kindsOf(images);
  return Object.values(strategies).map((strategy) => {
    const { id, devices } = strategy;
    const measured = devices.length > 0;
    const most = fullestOf(
      measured
        ? devices.map(({ memory }) => ({ byKind: memory.peakByKind }))
        : (costEstimates[id]?.devices ?? []).map(({ memory }) => ({ byKind: memory })),
      kinds,
    );
    return {
      id,
      measured,
      byKind: most?.byKind,
      held: most ? sumOf(most.byKind, kinds) : 0,
      sent: measured
        ? sentToTrain(strategy)
        : (foretold(state, id) ?? []).reduce((sum, sent) => sum + sent, 0),
    };
  });
}
