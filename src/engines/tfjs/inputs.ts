/** Turns what a stage is to work on into tensors. */
import * as tf from '@tensorflow/tfjs-core';
import { inputSize } from '../../network/layers/layers.ts';
import { roughNormal, wordAt } from '../../network/random.ts';
import { checkLength } from '../checks.ts';
import {
  MIXTURE,
  type Batches,
  type Source,
  type Split,
  type StageInput,
  type StageSpec,
} from '../contract.ts';
import { aimsAtImages, fixedOf } from '../ends.ts';
import { EngineError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { shownClass } from '../swap.ts';
import { Fixed, placedTable } from './fixed.ts';
import type { LayerConstants } from './layers/layer.ts';
import { Splits } from './splits.ts';

/** A stage's input, and what aims are made of: the images where it was made of those, null where they are not at hand. */
export interface Input {
  readonly x: tf.Tensor2D;
  readonly seen: tf.Tensor2D | null;
}

/** The inputs of a stage: images, behind fixed layers where there are some, mixtures of labels, or activations. */
export class Inputs {
  readonly splits: Splits;
  private readonly spec: StageSpec;
  private readonly table: tf.Tensor2D | null;
  /** What images go through before the first layer. */
  private readonly front: Fixed | null;

  constructor(spec: StageSpec, ledger: Ledger, constants: LayerConstants) {
    const { source } = spec;
    this.spec = spec;
    this.splits = new Splits(spec, ledger);
    this.table = source.kind === 'labels' ? placedTable(source.table) : null;
    const front = fixedOf(source);
    this.front = front && new Fixed(front, constants);
  }

  /** What is handed in, or some images as they are. */
  read(input: StageInput): Input & { readonly targets: Uint8Array | null } {
    const { layers } = this.spec;
    if (input.kind === 'activations') {
      checkLength('activations', input.values.length, input.count * inputSize(layers));
      // Sliced: the CPU backend works on the array it is given, and a caller may reuse it.
      const x = tf.tensor2d(input.values.slice(), [input.count, inputSize(layers)]);
      return { x, seen: aimsAtImages(this.spec) ? null : x, targets: input.targets ?? null };
    }
    const targets = this.splits.targets(input.split, input.order);
    return { ...this.images(input.split, input.order, targets), targets };
  }

  /** Samples `from … to` as optimizer step `step` (from 0) trains on them: with its noise and its swapped classes. */
  trained(
    batches: Batches,
    from: number,
    to: number,
    step: number,
  ): Input & { readonly targets: Uint8Array } {
    const { source, batch } = this.spec;
    const first = step * batch;
    if (batches.kind === 'labels') {
      if (source.kind !== 'labels') throw new EngineError(`A stage fed by ${source.kind} mixes no labels.`);
      const x = mixLabels(source, this.table!, batches, from, to, first);
      return { x, seen: x, targets: batches.targets.subarray(from, to) };
    }
    const order = batches.order.subarray(from, to);
    const targets = this.splits.targets('train', order);
    if (source.kind !== 'fixed') return { ...this.images('train', order, targets), targets };
    const { swap, fixed } = source;
    const classes = fixed.table?.classes ?? 0;
    const shown = swap ? targets.map((own, n) => shownClass(swap, first + n, own, classes)) : targets;
    const { x, seen } = this.images('train', order, shown);
    const noised = noisy(x, source, first);
    return { x: noised, seen: seen === x ? noised : seen, targets };
  }

  dispose(): void {
    this.table?.dispose();
    this.front?.dispose();
    this.splits.dispose();
  }

  /** What the first layer takes of some images. @param shown Classes whose vectors lie over it. */
  private images(split: Split, order: Uint32Array, shown: Uint8Array): Input {
    const images = this.splits.gather(split, order);
    if (!this.front) return { x: images, seen: images };
    const x = this.front.forward(images, tf.tensor1d(Int32Array.from(shown), 'int32'));
    return { x, seen: aimsAtImages(this.spec) ? images : x };
  }
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
function mixLabels(
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
function noisy(
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
