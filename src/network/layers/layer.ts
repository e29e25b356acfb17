/** What every kind of layer says of itself: one folder a kind, one row in `registry.ts`. */
import type { Random } from '../random.ts';
import type { Activation } from '../activations.ts';

/** What one sample is between two layers, outermost first: `[784]`, or `[height, width, channels]`. Row-major. */
export type Shape = readonly number[];

/** Numbers a sample of this shape has. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, count) => product * count, 1);

export type Numbers = Float64Array | Float32Array;

/** One array of a layer's parameters. */
export interface ParameterSpec {
  readonly name: string;
  /** As it lies here, row-major. */
  readonly shape: Shape;
  /** What PyTorch calls it. */
  readonly exported: 'weight' | 'bias';
  /** Whether PyTorch has its two dimensions the other way round. */
  readonly transposed: boolean;
}

/** A layer's parameters by name. */
export type LayerParameters<T extends Numbers = Numbers> = Readonly<Record<string, T>>;

/** FLOPs a sample: what the closed forms count. */
export interface LayerFlops {
  readonly forward: number;
  readonly inputGradient: number;
  readonly parameterGradient: number;
}

/** What a layer's backward pass yields. */
export interface LayerGradients {
  /** ∂loss/∂x, shaped like x. */
  readonly input: Float64Array;
  /** ∂loss/∂ each parameter, summed over the batch. */
  readonly parameters: LayerParameters<Float64Array>;
}

/**
 * A kind of layer. What backward needs are its input and its output, which a stage keeps anyway; parameters are flat in
 * the order of `parameters`.
 */
export interface LayerModule<Spec> {
  input(layer: Spec): Shape;
  output(layer: Spec): Shape;
  /** What its output goes through at the end, so that its derivative can be read off that output; `linear` where nothing. */
  activation(layer: Spec): Activation;
  /** The same layer with another activation, where it has one. */
  withActivation(layer: Spec, activation: Activation): Spec;
  parameters(layer: Spec): readonly ParameterSpec[];
  /** How many modules of a PyTorch `Sequential` it becomes; the first one has the parameters. */
  modules(layer: Spec): number;
  /**
   * Writes its initial parameters over zeros, and yields about every millisecond.
   * @param initScale Factor on what decides how large its outputs are at first.
   */
  initialise(
    layer: Spec,
    parameters: LayerParameters<Float32Array>,
    random: Random,
    initScale: number,
  ): Generator<void, void>;
  flops(layer: Spec): LayerFlops;
  /** x `[batch, …input]` → `[batch, …output]`. */
  forward(layer: Spec, parameters: LayerParameters, x: Numbers, batch: number): Float64Array;
  /** @param x The layer's input, @param y its output, @param dy ∂loss/∂y. */
  backward(
    layer: Spec,
    parameters: LayerParameters,
    x: Numbers,
    y: Numbers,
    dy: Numbers,
    batch: number,
  ): LayerGradients;
}
