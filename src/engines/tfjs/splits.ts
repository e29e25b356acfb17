/**
 * The images of a stage. TensorFlow.js has no byte tensors: on the device they would cost four times their size as int32
 * or float32. So the bytes stay in the worker's memory (counted as `data`, exactly their size) and each batch is uploaded
 * as floats.
 */
import * as tf from '@tensorflow/tfjs-core';
import { checkBelow, checkLength, checkReadsImages, loadedOf } from '../checks.ts';
import type { Split, StageSpec } from '../contract.ts';
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
    return loadedOf(this.splits, name);
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
