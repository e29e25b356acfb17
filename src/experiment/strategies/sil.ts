import type { StrategyFacts } from './facts.ts';

export const sil: StrategyFacts = {
  label: 'SIL',
  short: 'SIL',
  description:
    'Each partition trains alone on synthetic intermediate labels; nothing is sent while training.',
  line: { light: '#c2410c', dark: '#ff8a4c', dash: '8 3' },
  spread: 'apart',
  atOnce: 'all',
  needsLabels: true,
  settings: [],
  inPytorch: true,
};
