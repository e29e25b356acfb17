import type { ActivationFunction } from './activation.ts';

/** Slope below zero. */
export const LEAKY_SLOPE = 0.01;

export const leakyRelu: ActivationFunction = {
  label: 'Leaky ReLU',
  value: (z) => (z > 0 ? z : LEAKY_SLOPE * z),
  slope: (y) => (y > 0 ? 1 : LEAKY_SLOPE),
  initialVariance: 2,
  dies: false,
  python: `nn.LeakyReLU(${LEAKY_SLOPE})`,
  keras: { activation: 'linear', layer: { className: 'LeakyReLU', config: { alpha: LEAKY_SLOPE } } },
};
