import type { Activation } from '../../activations.ts';

/** `y = activation(x · W + b)`: x `[batch, inputs]`, W `[inputs, outputs]` row-major, b `[outputs]`. */
export interface DenseSpec {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
}
