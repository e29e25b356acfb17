import type { ActivationFunction } from './activation.ts';

export const relu: ActivationFunction = {
  label: 'ReLU',
  value: (z) => (z > 0 ? z : 0),
  slope: (y) => (y > 0 ? 1 : 0),
  initialVariance: 2,
  dies: true,
  python: 'nn.ReLU()',
  keras: { activation: 'relu' },
};
