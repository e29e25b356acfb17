/** What this engine asks of every kind of layer: its maths in TensorFlow.js operations. */
import type * as tf from '@tensorflow/tfjs-core';

/** A layer's parameters by name. */
export type LayerTensors = Readonly<Record<string, tf.Tensor>>;

/** Kept constants; a JavaScript number in an operation would become a fresh buffer each time. */
export interface LayerConstants {
  readonly one: tf.Scalar;
  readonly normEpsilon: tf.Scalar;
}

export interface LayerGradientTensors {
  /** By name, as the layer's module names its parameters. */
  readonly parameters: LayerTensors;
  /** Null unless asked for. */
  readonly input: tf.Tensor2D | null;
}

export interface TfjsLayer<Spec> {
  /** x `[batch, inputs]` → `[batch, outputs]`. */
  forward(layer: Spec, parameters: LayerTensors, x: tf.Tensor2D, constants: LayerConstants): tf.Tensor2D;
  /** @param y The layer's output, @param dy ∂loss/∂y, @param wantInput Whether ∂loss/∂x is asked for. */
  backward(
    layer: Spec,
    parameters: LayerTensors,
    x: tf.Tensor2D,
    y: tf.Tensor2D,
    dy: tf.Tensor2D,
    constants: LayerConstants,
    wantInput: boolean,
  ): LayerGradientTensors;
}
