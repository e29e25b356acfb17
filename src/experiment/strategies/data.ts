import type { StrategyFacts } from './facts.ts';

export const data: StrategyFacts = {
  label: 'Data parallel',
  short: 'Data parallel',
  description:
    'Each device holds the whole network and a share of the batch; gradients are summed at every batch.',
  line: { light: '#9c4a86', dark: '#e39ac6', dash: '5 5' },
  spread: 'copies',
  atOnce: 'all',
  needsLabels: false,
  settings: ['devices'],
  inPytorch: true,
};
