/** What a fully connected network is: a list of dense layers. */

/**
 * Activations whose derivative can be read off their own output, so that the
 * forward pass has to keep one array per layer and no pre-activations.
 */
export const ACTIVATIONS = ['relu', 'leaky-relu', 'tanh', 'sigmoid', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Slope of `leaky-relu` below zero. */
export const LEAKY_SLOPE = 0.01;

/** Numbers that a layer takes and gives. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

/** One dense layer: `y = activation(x · W + b)`, x `[batch, inputs]`, W `[inputs, outputs]` row-major, b `[outputs]`. */
export interface LayerSpec extends LayerShape {
  readonly activation: Activation;
}

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
    inputs: widths[index],
    outputs,
    activation: index === hidden.length ? 'linear' : activation,
  }));
}

/** Number of parameters of a layer: weights, then biases. */
export function layerParameters(layer: LayerSpec): number {
  return layer.inputs * layer.outputs + layer.outputs;
}

/** Number of parameters of several layers. */
export function countParameters(layers: readonly LayerSpec[]): number {
  return layers.reduce((sum, layer) => sum + layerParameters(layer), 0);
}

/**
 * Parameters travel as one flat array: for each layer its weights (`inputs × outputs`, row-major), then its biases.
 * Returns views, no copies.
 */
export function layerViews(
  layers: readonly LayerSpec[],
  flat: Float32Array,
): { weights: Float32Array; bias: Float32Array }[] {
  if (flat.length !== countParameters(layers)) {
    throw new RangeError(
      `These layers have ${countParameters(layers)} parameters, but the array holds ${flat.length}.`,
    );
  }
  let offset = 0;
  return layers.map(({ inputs, outputs }) => {
    const weights = flat.subarray(offset, (offset += inputs * outputs));
    const bias = flat.subarray(offset, (offset += outputs));
    return { weights, bias };
  });
}
