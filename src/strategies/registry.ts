import type { StrategyId } from '../experiment/strategies.ts';
import { conventional } from './conventional/index.ts';
import type { Strategy } from './contract.ts';
import { dataParallel } from './data-parallel/index.ts';
import { fullySharded } from './fsdp/index.ts';
import { modelParallel } from './model-parallel/index.ts';
import { pipelineParallel } from './pipeline/index.ts';
import { sil } from './sil/index.ts';

/** Every strategy that runs. A new one is its folder and one line here. */
export const STRATEGY_LIST: readonly Strategy[] = [
  conventional,
  sil,
  modelParallel,
  pipelineParallel,
  dataParallel,
  fullySharded,
];

export const strategyOf = (id: StrategyId): Strategy | undefined =>
  STRATEGY_LIST.find((strategy) => strategy.id === id);
