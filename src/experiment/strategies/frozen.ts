import type { StrategyFacts } from './facts.ts';

export const frozen: StrategyFacts = {
  label: 'Frozen front',
  short: 'Frozen front',
  description:
    'A control: layers before the first cut keep their start, random or made of what stands at the cut, and one device trains the others on what they make of the images.',
  line: { light: '#5f6b2d', dark: '#b9c77a', dash: '1 4' },
  spread: 'copies',
  atOnce: 'all',
  needsLabels: false,
  settings: [],
  inPytorch: false,
  control: 'cut',
};
