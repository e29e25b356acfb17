/**
 * Turns a batch's description into tensors.
 *
 * TensorFlow.js has no byte tensors: images on the device would cost four times their size as int32 or float32. So
 * the bytes stay in the worker's memory (counted as `data`, exactly their size) and each batch is uploaded as floats.
 */
import * as tf from '@tensorflow/tfjs-core';
import { roughNormal, wordAt } from '../../network/random.ts';
import { checkBelow, checkLength, checkReadsImages } from '../checks.ts';
import {
  MIXTURE,
  type Batches,
  type Source,
  type Split,
  type StageInput,
  type StageSpec,
} from '../contract.ts';
import { EngineError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';

/** A split's bytes: images `[count, pixels]`, labels `[count]`. */
interface LoadedSplit {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly release: () => void;
}

/** The images a stage holds. */
export class Splits {
  private readonly spec: StageSpec;
  private readonly ledger: Ledger;
  private readonly splits = new Map<Split, LoadedSplit>();

  constructor(spec: StageSpec, ledger: Ledger) {
    this.spec = spec;
    this.ledger = ledger;
  }

  load(name: Split, images: Uint8Array, labels: Uint8Array): void {
    const { pixels } = checkReadsImages(this.spec);
    checkLength('bytes of images', images.length, labels.length * pixels);
    this.splits.get(name)?.release();
    const release = this.ledger.allocate('data', images.byteLength + labels.byteLength);
    this.splits.set(name, { images: images.slice(), labels: labels.slice(), release });
  }

  held(name: Split): LoadedSplit {
    const split = this.splits.get(name);
    if (!split) throw new EngineError(`The ${name} images are not on this device: load them first.`);
    return split;
  }

  /** Images `order[…]` as `[n, pixels]` floats, `byte · scale + shift`. */
  gather(name: Split, order: Uint32Array): tf.Tensor2D {
    const { pixels, scale, shift } = checkReadsImages(this.spec);
    const { images, labels } = this.held(name);
    checkBelow('Image numbers', order, labels.length);
    const values = new Float32Array(order.length * pixels);
    for (let n = 0; n < order.length; n++) {
      const from = order[n] * pixels;
      const to = n * pixels;
      for (let i = 0; i < pixels; i++) values[to + i] = images[from + i] * scale + shift;
    }
    return tf.tensor2d(values, [order.length, pixels]);
  }

  targets(name: Split, order: Uint32Array): Uint8Array {
    const { labels } = this.held(name);
    return Uint8Array.from(order, (index) => labels[index]);
  }

  dispose(): void {
    for (const { release } of this.splits.values()) release();
    this.splits.clear();
  }
}

/** Samples of an input. */
export function countOf(input: StageInput): number {
  return input.kind === 'images' ? input.order.length : input.count;
}

/** Samples `from … to` of an input. */
export function slice(input: StageInput, from: number, to: number): StageInput {
  if (input.kind === 'images') return { ...input, order: input.order.subarray(from, to) };
  const width = input.values.length / input.count;
  return {
    kind: 'activations',
    count: to - from,
    values: input.values.subarray(from * width, to * width),
    ...(input.targets ? { targets: input.targets.subarray(from, to) } : {}),
  };
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
  const { classes } = source.table;
  const count = to - from;
  const mixing = new Float32Array(count * classes);
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < MIXTURE; k++) {
      const slot = (from + n) * MIXTURE + k;
      mixing[n * classes + batches.classes[slot]] += batches.weights[slot];
    }
  }
  const mixed = tf.matMul(tf.tensor2d(mixing, [count, classes]), table) as tf.Tensor2D;
  return noisy(mixed, source, firstRow);
}

/** @param firstRow `step · batch`: where the noise of the batch begins in its stream. */
export function noisy(
  x: tf.Tensor2D,
  { noise, noiseKey }: Pick<Extract<Source, { kind: 'labels' }>, 'noise' | 'noiseKey'>,
  firstRow: number,
): tf.Tensor2D {
  if (noise === 0) return x;
  const [count, width] = x.shape;
  const drawn = new Float32Array(count * width);
  for (let n = 0; n < count; n++) {
    const row = Math.imul(firstRow + n, width);
    for (let u = 0; u < width; u++) {
      drawn[n * width + u] = noise * roughNormal(wordAt(noiseKey, (row + u) >>> 0));
    }
  }
  return tf.add(x, tf.tensor2d(drawn, [count, width]));
}
