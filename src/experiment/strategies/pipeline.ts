import type { StrategyFacts } from './facts.ts';

export const pipeline: StrategyFacts = {
  label: 'Pipeline parallel',
  short: 'Pipeline',
  description: 'As model parallel, with the batch in small parts so that devices work at the same time.',
  line: { light: '#00795c', dark: '#3fcf9f', dash: '10 3 2 3' },
  spread: 'stages',
  atOnce: 'all',
  needsLabels: false,
  settings: ['microBatches', 'pipeline'],
  inPytorch: true,
};
