/** Layer normalisation in TensorFlow.js operations. Mean and deviation are found again on the way back. */
import * as tf from '@tensorflow/tfjs-core';
import type { SpecOf } from '../../../network/layers/registry.ts';
import type { LayerConstants, TfjsLayer } from './layer.ts';

/** x̂ `[batch, width]` and 1 / √(variance + ε) `[batch, 1]`. */
function normalised(x: tf.Tensor2D, { normEpsilon }: LayerConstants) {
  const centred = tf.sub<tf.Tensor2D>(x, tf.mean(x, 1, true));
  const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 1, true), normEpsilon));
  return { normal: tf.mul<tf.Tensor2D>(centred, inverse), inverse };
}

export const layerNorm: TfjsLayer<SpecOf<'layer-norm'>> = {
  forward: (_, { scale, shift }, x, constants) =>
    tf.add(tf.mul(normalised(x, constants).normal, scale), shift),
  /**
   * With g = dy ⊙ scale: ∂x = (g − mean(g) − x̂ · mean(g ⊙ x̂)) / √(variance + ε) (if asked for),
   * ∂scale = Σ_batch dy ⊙ x̂, ∂shift = Σ_batch dy.
   */
  backward(_, { scale }, x, __, dy, constants, wantInput) {
    const { normal, inverse } = normalised(x, constants);
    const parameters = { scale: tf.sum(tf.mul(dy, normal), 0), shift: tf.sum(dy, 0) };
    if (!wantInput) return { parameters, input: null };
    const g = tf.mul<tf.Tensor2D>(dy, scale);
    const along = tf.mul(normal, tf.mean(tf.mul(g, normal), 1, true));
    const rest = tf.sub(tf.sub(g, tf.mean(g, 1, true)), along);
    return { parameters, input: tf.mul(rest, inverse) };
  },
};
