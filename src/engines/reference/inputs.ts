/** Turns a batch's description into numbers: what the gather kernels of the fast engines do. */
import { roughNormal, wordAt } from '../../network/random.ts';
import { forwardLayer, unflattenParameters } from '../../network/layers/layers.ts';
import { MIXTURE, type Batches, type FixedLayers, type ImageSource, type Source } from '../contract.ts';

/** A split's bytes as a stage holds them. */
export interface LoadedSplit {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Images `order[…]` as `[n, pixels]` floats, `byte · scale + shift`. */
export function gatherImages(source: ImageSource, split: LoadedSplit, order: Uint32Array): Float64Array {
  const values = new Float64Array(order.length * source.pixels);
  order.forEach((sample, n) => {
    for (let i = 0; i < source.pixels; i++) {
      values[n * source.pixels + i] = split.images[sample * source.pixels + i] * source.scale + source.shift;
    }
  });
  return values;
}

/**
 * Synthetic inputs of samples `from … to` of a batch: mixtures of label vectors plus noise, `[n, width]`.
 *
 * @param step The stage's optimizer step, from 0; `batchSize` the full batch. Together they place the noise.
 */
export function mixLabels(
  source: Extract<Source, { kind: 'labels' }>,
  batches: Extract<Batches, { kind: 'labels' }>,
  from: number,
  to: number,
  step: number,
  batchSize: number,
): Float64Array {
  const { width, values: table } = source.table;
  const mixed = new Float64Array((to - from) * width);
  for (let n = 0; n < to - from; n++) {
    for (let u = 0; u < width; u++) {
      let sum = 0;
      for (let k = 0; k < MIXTURE; k++) {
        const slot = (from + n) * MIXTURE + k;
        sum += batches.weights[slot] * table[batches.classes[slot] * width + u];
      }
      mixed[n * width + u] = sum;
    }
  }
  addNoise(mixed, source, width, step * batchSize);
  return mixed;
}

/** @param first `step · batchSize`: the first sample's number in the noise's stream. */
export function addNoise(
  x: Float64Array,
  { noise, noiseKey }: Pick<Extract<Source, { kind: 'labels' }>, 'noise' | 'noiseKey'>,
  width: number,
  first: number,
): void {
  if (noise === 0) return;
  for (let at = 0; at < x.length; at++) {
    const index = (Math.imul(first + Math.floor(at / width), width) + (at % width)) >>> 0;
    x[at] += noise * roughNormal(wordAt(noiseKey, index));
  }
}

/** What fixed layers make of `x` `[count, inputs]`, with the vector of each sample's class over it. */
export function throughFixed(
  { layers, parameters, table }: FixedLayers,
  x: Float64Array,
  classes: ArrayLike<number>,
): Float64Array {
  const given = unflattenParameters(layers, parameters).reduce(
    (values, own, index) => forwardLayer(layers[index], own, values, classes.length),
    x,
  );
  if (!table) return given;
  const { width, values } = table;
  return given.map((value, at) => value + values[classes[Math.floor(at / width)] * width + (at % width)]);
}
