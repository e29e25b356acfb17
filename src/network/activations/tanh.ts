import type { ActivationFunction } from './activation.ts';

export const tanh: ActivationFunction = {
  label: 'Tanh',
  value: (z) => Math.tanh(z),
  slope: (y) => 1 - y * y,
  initialVariance: 1,
  dies: false,
  python: 'nn.Tanh()',
  keras: { activation: 'tanh' },
};
