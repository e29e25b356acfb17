import type { StrategyFacts } from './facts.ts';

export const handoff: StrategyFacts = {
  label: 'One hand-off',
  short: 'One hand-off',
  description:
    'Partitions train one after the other, each by a small head of its own, on what the finished one gives: that is sent once.',
  line: { light: '#a3264f', dark: '#ff93b0', dash: '14 3 3 3' },
  spread: 'handed',
  atOnce: 'one',
  needsLabels: false,
  settings: [],
  inPytorch: true,
};
