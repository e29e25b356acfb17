import type { StrategyFacts } from './facts.ts';

export const local: StrategyFacts = {
  label: 'Local losses',
  short: 'Local losses',
  description:
    'Each stage learns the classes by a small head of its own; activations go forward at every batch, and nothing comes back.',
  line: { light: '#6d4bc4', dark: '#b3a1f5', dash: '6 2 2 2 2 2' },
  spread: 'forward',
  atOnce: 'all',
  needsLabels: false,
  settings: ['lag'],
  inPytorch: true,
};
