import type { ActivationFunction } from './activation.ts';

export const relu: ActivationFunction = {
  label: 'ReLU',
  // What is no number passes: it must show.
  value: (z) => (z <= 0 ? 0 : z),
  slope: (y) => (y > 0 ? 1 : 0),
  initialVariance: 2,
  dies: true,
  python: 'nn.ReLU()',
  keras: { activation: 'relu' },
};
