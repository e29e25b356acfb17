import type { ActivationFunction } from './activation.ts';

export const sigmoid: ActivationFunction = {
  label: 'Sigmoid',
  value: (z) => 1 / (1 + Math.exp(-z)),
  slope: (y) => y * (1 - y),
  initialVariance: 1,
  dies: false,
  python: 'nn.Sigmoid()',
  keras: { activation: 'sigmoid' },
};
