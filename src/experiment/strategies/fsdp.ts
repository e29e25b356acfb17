import type { StrategyFacts } from './facts.ts';

export const fsdp: StrategyFacts = {
  label: 'Fully sharded (FSDP)',
  short: 'FSDP',
  description: 'Each device keeps a share of every layer and gathers a layer just before it is used.',
  line: { light: '#7a6200', dark: '#e2c84f', dash: '12 4' },
  spread: 'shares',
  atOnce: 'all',
  needsLabels: false,
  settings: ['devices'],
  inPytorch: true,
};
