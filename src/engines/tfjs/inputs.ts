/**
 * Turns a batch's description into tensors.
 *
 * TensorFlow.js has no byte tensors: images on the device would cost four times their size as int32 or float32. So
 * the bytes stay in the worker's memory (counted as `data`, exactly their size) and each batch is uploaded as floats.
 */
import * as tf from '@tensorflow/tfjs-core';
import { roughNormal, wordAt } from '../../network/random.ts';
import { MIXTURE, type Batches, type Source } from '../contract.ts';

/** A split's bytes: images `[count, pixels]`, labels `[count]`. */
export interface LoadedSplit {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Images `order[…]` as `[n, pixels]` floats, `byte · scale + shift`. */
export function gatherImages(
  { pixels, scale, shift }: Extract<Source, { kind: 'images' }>,
  { images }: LoadedSplit,
  order: Uint32Array,
): tf.Tensor2D {
  const values = new Float32Array(order.length * pixels);
  for (let n = 0; n < order.length; n++) {
    const from = order[n] * pixels;
    const to = n * pixels;
    for (let i = 0; i < pixels; i++) values[to + i] = images[from + i] * scale + shift;
  }
  return tf.tensor2d(values, [order.length, pixels]);
}

/**
 * Synthetic inputs of samples `from … to`, `[n, width]`: mixing weights `[n, classes]` times the label table, plus
 * noise. The noise is drawn here in JavaScript (32-bit integer hashes have no TensorFlow.js operation).
 *
 * @param firstRow `step · batch`: where the noise of the batch begins in its stream.
 */
export function mixLabels(
  source: Extract<Source, { kind: 'labels' }>,
  table: tf.Tensor2D,
  batches: Extract<Batches, { kind: 'labels' }>,
  from: number,
  to: number,
  firstRow: number,
): tf.Tensor2D {
  const { classes, width } = source.table;
  const count = to - from;
  const mixing = new Float32Array(count * classes);
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < MIXTURE; k++) {
      const slot = (from + n) * MIXTURE + k;
      mixing[n * classes + batches.classes[slot]] += batches.weights[slot];
    }
  }
  const mixed = tf.matMul(tf.tensor2d(mixing, [count, classes]), table) as tf.Tensor2D;
  if (source.noise === 0) return mixed;
  const noise = new Float32Array(count * width);
  for (let n = 0; n < count; n++) {
    const row = Math.imul(firstRow + n, width);
    for (let u = 0; u < width; u++) {
      noise[n * width + u] = source.noise * roughNormal(wordAt(source.noiseKey, (row + u) >>> 0));
    }
  }
  return tf.add(mixed, tf.tensor2d(noise, [count, width]));
}
