import { expect, it } from 'vitest';
import { ACTIVATIONS, type Activation } from './activations.ts';
import { initialParameters } from './initialise.ts';
import { unflattenParameters } from './layers/layers.ts';
import { denseNetwork } from './spec.ts';

/** He et al. (2015): 2 where about half of what comes in is thrown away, 1 elsewhere. */
const VARIANCE: Readonly<Record<Activation, number>> = {
  relu: 2,
  'leaky-relu': 2,
  tanh: 1,
  sigmoid: 1,
  linear: 1,
};

const std = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

it.each(ACTIVATIONS)('draws weights before %s as wide as their inputs are many', (activation) => {
  const network = denseNetwork(50, [200, 100], 10, activation);
  const scaled = new Map([[1, 0.1]]);
  const [first, second, last] = unflattenParameters(network, initialParameters(network, 3, scaled));
  const unit = Math.sqrt(VARIANCE[activation]);
  // The spread of 10 000 draws is within 1 / √20 000 of the right one, two times in three; five times that here.
  const close = (values: Float32Array, wanted: number) =>
    expect(Math.abs(std(values) / wanted - 1)).toBeLessThan(5 / Math.sqrt(2 * values.length));
  close(first.weights, unit / Math.sqrt(50));
  close(second.weights, (0.1 * unit) / Math.sqrt(200));
  // Logits go through nothing.
  close(last.weights, 1 / Math.sqrt(100));
  for (const { bias } of [first, second, last]) expect(new Set(bias)).toEqual(new Set([0]));
});
