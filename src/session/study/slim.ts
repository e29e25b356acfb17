import type { StrategyState } from '../state.ts';
import type { RunResult } from './run-once.ts';

/** A run without what is only looked at while it goes: all that results, charts and files of a study are made from stays. */
export const slim = (run: RunResult): RunResult => ({
  ...run,
  strategies: Object.fromEntries(
    Object.values(run.strategies).map((strategy) => [strategy.id, slimStrategy(strategy)]),
  ),
});

const slimStrategy = (strategy: StrategyState): StrategyState => ({
  ...strategy,
  rankProgress: [],
  memoryLevels: [],
  points: strategy.points.map((point) => ({
    ...point,
    ...{ memory: [], classAccuracy: [], rankLosses: [], deadUnits: [] },
  })),
  devices: strategy.devices.map((device) => ({ ...device, spans: [], tuned: [] })),
});
