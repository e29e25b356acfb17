/** What a network is: a list of layers. */
import type { Activation } from './activations.ts';
import type { LayerSpec } from './layers/layers.ts';

export { ACTIVATIONS, LEAKY_SLOPE, type Activation } from './activations.ts';

/** A network's layers from input to logits; the last one is linear. */
export type NetworkSpec = readonly LayerSpec[];

/** A hidden layer in short: a dense one by its units, or layer normalisation of what stands before it. */
export type HiddenLayer = number | 'ln';

/** Numbers a sample after the hidden layer at `index`. */
export const widthAfter = (hidden: readonly HiddenLayer[], index: number): number =>
  hidden.slice(0, index + 1).findLast((layer) => layer !== 'ln')!;

/**
 * The layers of `inputs → hidden[0] → … → classes`.
 * Hidden dense layers use `activation`; the output layer is linear (its softmax belongs to the loss).
 */
export function denseNetwork(
  inputs: number,
  hidden: readonly HiddenLayer[],
  classes: number,
  activation: Activation,
): NetworkSpec {
  let width = inputs;
  return [...hidden, classes].map((outputs, index) => {
    if (outputs === 'ln') return { kind: 'layer-norm', width };
    const layer: LayerSpec = {
      kind: 'dense',
      inputs: width,
      outputs,
      activation: index === hidden.length ? 'linear' : activation,
    };
    width = outputs;
    return layer;
  });
}
