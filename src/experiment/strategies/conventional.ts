import type { StrategyFacts } from './facts.ts';

export const conventional: StrategyFacts = {
  label: 'Conventional',
  short: 'Conventional',
  description: 'One device holds the whole network and trains it end to end.',
  line: { light: '#3d4657', dark: '#c3cad8', dash: '0' },
  spread: 'copies',
  atOnce: 'all',
  needsLabels: false,
  settings: [],
  inPytorch: true,
};
