import type { StrategyFacts } from './facts.ts';

export const model: StrategyFacts = {
  label: 'Model parallel',
  short: 'Model parallel',
  description: 'Each device holds some layers; activations go forward and gradients back at every batch.',
  line: { light: '#0072b2', dark: '#5bb8f0', dash: '2 3' },
  spread: 'stages',
  atOnce: 'one',
  needsLabels: false,
  settings: [],
  // A pipeline of one micro-batch.
  inPytorch: false,
};
