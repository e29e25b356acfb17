import { STRATEGY_IDS, type StrategyId } from '../experiment/strategies.ts';
import { conventional } from './conventional/index.ts';
import type { Strategy } from './contract.ts';
import { dataParallel } from './data-parallel/index.ts';
import { denoising } from './denoising/index.ts';
import { frozenFront } from './frozen/index.ts';
import { fullySharded } from './fsdp/index.ts';
import { handOff } from './hand-off/index.ts';
import { localLosses } from './local-losses/index.ts';
import { modelParallel } from './model-parallel/index.ts';
import { pipelineParallel } from './pipeline/index.ts';
import { sil } from './sil/index.ts';
import { fairTwin } from './twin/index.ts';

/** What each strategy does. A new one is its folder and one line here, beside its facts in `experiment/strategies`. */
const REGISTRY: { readonly [Id in StrategyId]: Strategy<Id> } = {
  conventional,
  sil,
  model: modelParallel,
  pipeline: pipelineParallel,
  data: dataParallel,
  fsdp: fullySharded,
  local: localLosses,
  handoff: handOff,
  denoising,
  frozen: frozenFront,
  twin: fairTwin,
};

export const STRATEGY_LIST: readonly Strategy[] = STRATEGY_IDS.map((id) => REGISTRY[id]);

export const strategyOf = (id: StrategyId): Strategy => REGISTRY[id];
