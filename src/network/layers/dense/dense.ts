import { ACTIVATION_FUNCTIONS } from '../../activations.ts';
import type { LayerModule } from '../layer.ts';
import { backward, forward } from './maths.ts';
import type { DenseSpec } from './spec.ts';

/** Numbers drawn between two chances to stop: about a millisecond. */
const PIECE = 16_384;

export const dense: LayerModule<DenseSpec> = {
  input: ({ inputs }) => [inputs],
  output: ({ outputs }) => [outputs],
  activation: ({ activation }) => activation,
  withActivation: (layer, activation) => ({ ...layer, activation }),
  parameters: ({ inputs, outputs }) => [
    { name: 'weights', shape: [inputs, outputs], exported: 'weight', transposed: true },
    { name: 'bias', shape: [outputs], exported: 'bias', transposed: false },
  ],
  /** The second one is the activation, also where it is the identity. */
  modules: () => 2,
  /**
   * Weights of std √(2 / inputs) · initScale (He et al. 2015, for rectifiers; √(1 / inputs) where no rectifier
   * follows), biases 0.
   */
  *initialise({ inputs, activation }, { weights }, random, initScale) {
    const std = Math.sqrt(ACTIVATION_FUNCTIONS[activation].initialVariance / inputs) * initScale;
    for (let i = 0; i < weights.length; i++) {
      weights[i] = random.normal() * std;
      if (i % PIECE === PIECE - 1) yield;
    }
  },
  /** The matrix products: a multiplication and an addition per weight. Bias and activation are left out. */
  flops({ inputs, outputs }) {
    const product = 2 * inputs * outputs;
    return { forward: product, inputGradient: product, parameterGradient: product };
  },
  forward,
  backward,
};
