/** The ways of training an experiment can ask for. What they do is in `src/strategies`; links and forms need the names. */

export const STRATEGY_IDS = ['conventional', 'sil', 'model', 'pipeline', 'data', 'fsdp'] as const;
export type StrategyId = (typeof STRATEGY_IDS)[number];

export const STRATEGIES: {
  readonly [Id in StrategyId]: { readonly label: string; readonly description: string };
} = {
  conventional: {
    label: 'Conventional',
    description: 'One device holds the whole network and trains it end to end.',
  },
  sil: {
    label: 'SIL',
    description:
      'Each partition trains alone on synthetic intermediate labels; nothing is sent while training.',
  },
  model: {
    label: 'Model parallel',
    description: 'Each device holds some layers; activations go forward and gradients back at every batch.',
  },
  pipeline: {
    label: 'Pipeline parallel',
    description: 'As model parallel, with the batch in small parts so that devices work at the same time.',
  },
  data: {
    label: 'Data parallel',
    description:
      'Each device holds the whole network and a share of the batch; gradients are summed at every batch.',
  },
  fsdp: {
    label: 'Fully sharded (FSDP)',
    description: 'Each device keeps a share of every layer and gathers a layer just before it is used.',
  },
};
