/** What layers come to, one or a list of them, whatever their kinds. */
import type { Activation } from '../activations.ts';
import { sizeOf, type LayerFlops, type LayerGradients, type LayerParameters } from './layer.ts';
import type { Numbers, ParameterSpec, Shape } from './layer.ts';
import { moduleOf, type LayerKind, type LayerSpec } from './registry.ts';

export type { LayerKind, LayerSpec } from './registry.ts';

/** What tells layers of a file apart: their kind, and how many numbers a sample they take and give. */
export interface LayerShape {
  readonly kind: LayerKind;
  readonly inputs: number;
  readonly outputs: number;
}

export const shapeOf = (layer: LayerSpec): LayerShape => ({
  kind: layer.kind,
  inputs: inputSize([layer]),
  outputs: outputSize([layer]),
});

export const inputShape = (layers: readonly LayerSpec[]): Shape => moduleOf(layers[0]).input(layers[0]);

export const outputShape = (layers: readonly LayerSpec[]): Shape => {
  const last = layers[layers.length - 1];
  return moduleOf(last).output(last);
};

/** Numbers a sample that consecutive layers take. */
export const inputSize = (layers: readonly LayerSpec[]): number => sizeOf(inputShape(layers));

/** Numbers a sample that consecutive layers give. */
export const outputSize = (layers: readonly LayerSpec[]): number => sizeOf(outputShape(layers));

/** Numbers a sample at every level: what the first layer takes, then what each gives. None without layers. */
export const levelSizes = (layers: readonly LayerSpec[]): number[] =>
  layers.length === 0 ? [] : [inputSize(layers), ...layers.map((layer) => outputSize([layer]))];

export const activationOf = (layer: LayerSpec): Activation => moduleOf(layer).activation(layer);

export const withActivation = (layer: LayerSpec, activation: Activation): LayerSpec =>
  moduleOf(layer).withActivation(layer, activation);

export const parametersOf = (layer: LayerSpec): readonly ParameterSpec[] => moduleOf(layer).parameters(layer);

/** Of each layer, the place of its first module in a PyTorch `Sequential` of all. */
export function modulePlaces(layers: readonly LayerSpec[]): number[] {
  let next = 0;
  return layers.map((layer) => (next += moduleOf(layer).modules(layer)) - moduleOf(layer).modules(layer));
}

export const flopsOf = (layer: LayerSpec): LayerFlops => moduleOf(layer).flops(layer);

/** Number of parameters of a layer. */
export const layerParameters = (layer: LayerSpec): number =>
  parametersOf(layer).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Number of parameters of several layers. */
export const countParameters = (layers: readonly LayerSpec[]): number =>
  layers.reduce((sum, layer) => sum + layerParameters(layer), 0);

/**
 * Parameters travel as one flat array: those of each layer in turn, each as its module orders them.
 * Returns views by name, no copies.
 */
export function unflattenParameters<T extends Numbers>(
  layers: readonly LayerSpec[],
  flat: T,
): LayerParameters<T>[] {
  if (flat.length !== countParameters(layers)) {
    throw new RangeError(
      `These layers have ${countParameters(layers)} parameters, but the array holds ${flat.length}.`,
    );
  }
  let offset = 0;
  return layers.map((layer) =>
    Object.fromEntries(
      parametersOf(layer).map(({ name, shape }) => [
        name,
        flat.subarray(offset, (offset += sizeOf(shape))) as T,
      ]),
    ),
  );
}

/** x `[batch, …input]` → `[batch, …output]`, in double precision. */
export const forwardLayer = (
  layer: LayerSpec,
  parameters: LayerParameters,
  x: Numbers,
  batch: number,
): Float64Array => moduleOf(layer).forward(layer, parameters, x, batch);

/** @param x The layer's input, @param y its output, @param dy ∂loss/∂y. */
export const backwardLayer = (
  layer: LayerSpec,
  parameters: LayerParameters,
  x: Numbers,
  y: Numbers,
  dy: Numbers,
  batch: number,
): LayerGradients => moduleOf(layer).backward(layer, parameters, x, y, dy, batch);
