import type { LayerModule } from '../layer.ts';
import { backward, forward } from './maths.ts';
import type { LayerNormSpec } from './spec.ts';

export const layerNorm: LayerModule<LayerNormSpec> = {
  input: ({ width }) => [width],
  output: ({ width }) => [width],
  activation: () => 'linear',
  withActivation: (layer) => layer,
  modules: () => 1,
  parameters: ({ width }) => [
    { name: 'scale', shape: [width], exported: 'weight', transposed: false },
    { name: 'shift', shape: [width], exported: 'bias', transposed: false },
  ],
  /** Scale 1 · initScale, shift 0: nothing is drawn. */
  *initialise(_, { scale }, __, initScale) {
    scale.fill(initScale);
    yield;
  },
  /**
   * Forward: mean 1, differences 1, their squares' sum 2, division 1, scale and shift 2 for each number. ∂x: dy · scale 1,
   * two means 1 + 2, the rest 4. ∂scale 2, ∂shift 1.
   */
  flops: ({ width }) => ({ forward: 7 * width, inputGradient: 8 * width, parameterGradient: 3 * width }),
  forward,
  backward,
};
