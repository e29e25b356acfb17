import type { StrategyFacts } from './facts.ts';

export const twin: StrategyFacts = {
  label: 'Fair twin',
  short: 'Fair twin',
  description:
    'A control: conventional training that begins with the features which SIL’s first partition learns, where features stand at the first cut.',
  line: { light: '#7a4b63', dark: '#d9a5c0', dash: '6 2 1 2' },
  spread: 'copies',
  atOnce: 'all',
  needsLabels: false,
  settings: [],
  inPytorch: false,
  control: 'features',
};
