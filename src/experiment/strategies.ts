/** The strategies an experiment can ask for, in the order in which they are listed: a file and a line each. */
import { conventional } from './strategies/conventional.ts';
import { data } from './strategies/data.ts';
import type { StrategyFacts } from './strategies/facts.ts';
import { denoising } from './strategies/denoising.ts';
import { frozen } from './strategies/frozen.ts';
import { fsdp } from './strategies/fsdp.ts';
import { handoff } from './strategies/handoff.ts';
import { local } from './strategies/local.ts';
import { model } from './strategies/model.ts';
import { pipeline } from './strategies/pipeline.ts';
import { sil } from './strategies/sil.ts';
import { twin } from './strategies/twin.ts';

export const STRATEGIES = {
  conventional,
  sil,
  model,
  pipeline,
  data,
  fsdp,
  local,
  handoff,
  denoising,
  frozen,
  twin,
} satisfies Readonly<Record<string, StrategyFacts>>;
export type StrategyId = keyof typeof STRATEGIES;

export const STRATEGY_IDS = Object.keys(STRATEGIES) as readonly StrategyId[];

/** Those that are no rivals, but say who does the work in another one. */
export const CONTROLS = STRATEGY_IDS.filter((id) => STRATEGIES[id].control);

/** Those whose networks are no layers one after another: no file of weights holds them, and they begin with none. */
export const madeOfBlocks = (id: StrategyId): boolean => STRATEGIES[id].spread === 'blocks';

/** What every other strategy is measured against. */
export const BASELINE = 'conventional' satisfies StrategyId;

/** Of these, the strategy that trains on labels: the first one, where there are several. */
export const labelled = (ids: readonly StrategyId[]): StrategyId | undefined =>
  ids.find((id) => STRATEGIES[id].needsLabels);

/** What is there of the strategy that trains on labels. */
export function ofLabels<T>(found: { readonly [Id in StrategyId]?: T }): T | undefined {
  const id = labelled(STRATEGY_IDS.filter((one) => found[one] !== undefined));
  return id && found[id];
}
