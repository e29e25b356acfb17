import type { ActivationFunction } from './activation.ts';

export const linear: ActivationFunction = {
  label: 'Linear',
  value: (z) => z,
  slope: () => 1,
  initialVariance: 1,
  dies: false,
  python: 'nn.Identity()',
  keras: { activation: 'linear' },
};
