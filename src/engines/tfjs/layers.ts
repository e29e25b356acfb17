/** The layers' maths in TensorFlow.js operations, without its tape: what runs, and what it keeps, stays in sight. */
import * as tf from '@tensorflow/tfjs-core';
import { LEAKY_SLOPE, type Activation } from '../../network/spec.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';

/** One layer's parameters: weights `[inputs, outputs]`, bias `[outputs]`. */
export interface LayerTensors {
  readonly weights: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

/** Kept constants; a JavaScript number in an operation would become a fresh buffer each time. */
export interface ActivationConstants {
  readonly one: tf.Scalar;
}

/** `activation(x · W + b)`: x `[batch, inputs]` → `[batch, outputs]`, fused where TensorFlow.js can. */
export function forward(
  activation: Activation,
  { weights, bias }: LayerTensors,
  x: tf.Tensor2D,
): tf.Tensor2D {
  const product = (fused: 'relu' | 'sigmoid' | 'linear' | 'leakyrelu') =>
    tf.fused.matMul({
      a: x,
      b: weights,
      bias,
      activation: fused,
      leakyreluAlpha: LEAKY_SLOPE,
    }) as tf.Tensor2D;
  switch (activation) {
    case 'relu':
    case 'sigmoid':
    case 'linear':
      return product(activation);
    case 'leaky-relu':
      return product('leakyrelu');
    case 'tanh':
      return tf.tanh(product('linear'));
  }
}

/** `dy ⊙ activation′`, the derivative read off the layer's output y `[batch, outputs]`. */
export function throughActivation(
  activation: Activation,
  y: tf.Tensor2D,
  dy: tf.Tensor2D,
  { one }: ActivationConstants,
): tf.Tensor2D {
  switch (activation) {
    case 'relu':
      return tf.mul(dy, tf.step(y));
    case 'leaky-relu':
      return tf.mul(dy, tf.step(y, LEAKY_SLOPE));
    case 'tanh':
      return tf.mul(dy, tf.sub(one, tf.square(y)));
    case 'sigmoid':
      return tf.mul(dy, tf.mul(y, tf.sub(one, y)));
    case 'linear':
      return dy;
  }
}

/** With d = dy ⊙ activation′: ∂W = xᵀ · d, ∂b = Σ_batch d, ∂x = d · Wᵀ (if asked for). */
export function backward(
  { activation }: LayerSpec,
  { weights }: LayerTensors,
  x: tf.Tensor2D,
  y: tf.Tensor2D,
  dy: tf.Tensor2D,
  constants: ActivationConstants,
  wantInput: boolean,
): { weights: tf.Tensor2D; bias: tf.Tensor1D; input: tf.Tensor2D | null } {
  const d = throughActivation(activation, y, dy, constants);
  return {
    weights: tf.matMul(x, d, true, false),
    bias: tf.sum(d, 0),
    input: wantInput ? tf.matMul(d, weights, false, true) : null,
  };
}
