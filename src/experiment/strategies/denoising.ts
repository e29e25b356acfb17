import type { StrategyFacts } from './facts.ts';

export const denoising: StrategyFacts = {
  label: 'Denoising blocks',
  short: 'Denoising',
  description:
    'Each device trains a small network of its own to tell the class from the image and from a noised class; nothing is sent.',
  line: { light: '#b41fd3', dark: '#da58f3', dash: '4 2 4 6' },
  spread: 'blocks',
  atOnce: 'all',
  needsLabels: false,
  settings: [],
  inPytorch: false,
};
