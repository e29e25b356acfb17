/** What a network is: a list of layers. */
import type { Activation } from './activations.ts';
import type { LayerSpec } from './layers/layers.ts';

export { ACTIVATIONS, LEAKY_SLOPE, type Activation } from './activations.ts';

/** A network's layers from input to logits; the last one is linear. */
export type NetworkSpec = readonly LayerSpec[];

/**
 * The layers of `inputs → hidden[0] → … → classes`.
 * Hidden layers use `activation`; the output layer is linear (its softmax belongs to the loss).
 */
export function denseNetwork(
  inputs: number,
  hidden: readonly number[],
  classes: number,
  activation: Activation,
): NetworkSpec {
  const widths = [inputs, ...hidden, classes];
  return widths.slice(1).map((outputs, index) => ({
    kind: 'dense',
    inputs: widths[index],
    outputs,
    activation: index === hidden.length ? 'linear' : activation,
  }));
}
