/** The dense layer's maths in TensorFlow.js operations, without its tape: what runs, and what it keeps, stays in sight. */
import * as tf from '@tensorflow/tfjs-core';
import { LEAKY_SLOPE, type Activation } from '../../../network/activations.ts';
import type { SpecOf } from '../../../network/layers/registry.ts';
import type { LayerConstants, TfjsLayer } from './layer.ts';

/** `activation(x · W + b)`: x `[batch, inputs]` → `[batch, outputs]`, fused where TensorFlow.js can. */
function forward(activation: Activation, weights: tf.Tensor2D, bias: tf.Tensor, x: tf.Tensor2D): tf.Tensor2D {
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
function throughActivation(
  activation: Activation,
  y: tf.Tensor2D,
  dy: tf.Tensor2D,
  { one }: LayerConstants,
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

export const dense: TfjsLayer<SpecOf<'dense'>> = {
  forward: ({ activation }, { weights, bias }, x) => forward(activation, weights as tf.Tensor2D, bias, x),
  /** With d = dy ⊙ activation′: ∂W = xᵀ · d, ∂b = Σ_batch d, ∂x = d · Wᵀ (if asked for). */
  backward({ activation }, { weights }, x, y, dy, constants, wantInput) {
    const d = throughActivation(activation, y, dy, constants);
    return {
      parameters: { weights: tf.matMul(x, d, true, false), bias: tf.sum(d, 0) },
      input: wantInput ? tf.matMul(d, weights as tf.Tensor2D, false, true) : null,
    };
  },
};
