/**
 * Denoising blocks: networks that each read an image and a noised class, and answer with the class. Each can be trained
 * alone (NoProp: Li, Teh & Pascanu, arXiv 2503.24322), for a band of noise of its own (DiffusionBlocks: Shing, Koyama &
 * Akiba, arXiv 2506.14202). Put in a row they have less and less noise to take away.
 *
 * A block of noise σ reads `[image, z / √(1 + σ²)]`. While it trains, z is the class as one-hot numbers plus noise of
 * standard deviation σ. Asked for an answer, z is the answer of the block before: its probabilities, which are the mean
 * of the one-hot classes under them; before the first block there is none, and z is 0. The factor brings z to about the
 * size of standardised pixels whatever σ is (c_in of Karras et al., arXiv 2206.00364, for data of size 1).
 */
import type { Activation } from './activations.ts';
import { partition, type Partition } from './partition.ts';
import { roughNormal, wordAt, type StreamKey } from './random.ts';
import { denseNetwork, type HiddenLayer, type NetworkSpec } from './spec.ts';

/**
 * Standard deviations of the noise of the first and of the last block. Both hide the class: of 47 noised ones the largest
 * is the right one in 2 and 4 of 100 samples. With less noise a block could read its class from z, would learn little from
 * the image, and would later repeat what the block before says, right or wrong.
 */
const MOST_NOISE = 30;
const LEAST_NOISE = 3;

/** The noise of each of so many blocks, less by the same factor from one to the next. */
export const blockNoises = (blocks: number): number[] =>
  Array.from(
    { length: blocks },
    (_, rank) => MOST_NOISE * (LEAST_NOISE / MOST_NOISE) ** (rank / Math.max(1, blocks - 1)),
  );

/**
 * A block for each partition of the network `pixels → hidden → classes`: `pixels + classes` → the partition's hidden
 * layers → `classes`. Their layers are counted on from block to block.
 *
 * @param cuts As of `partition`.
 */
export function denoisingBlocks(
  { pixels, classes }: { readonly pixels: number; readonly classes: number },
  hidden: readonly HiddenLayer[],
  activation: Activation,
  cuts: readonly number[],
): Partition[] {
  const bounds = [0, ...cuts, hidden.length];
  const networks: NetworkSpec[] = bounds
    .slice(1)
    .map((end, rank) => denseNetwork(pixels + classes, hidden.slice(bounds[rank], end), classes, activation));
  const ends = networks.map((_, rank) => networks.slice(0, rank + 1).flat().length);
  return partition(networks.flat(), ends.slice(0, -1));
}

/** How images are read: `byte · scale + shift` are the pixels. */
export interface ReadImages {
  /** `[images, pixels]` */
  readonly images: Uint8Array;
  readonly pixels: number;
  readonly scale: number;
  readonly shift: number;
}

/**
 * What a block reads of some images: `[order.length, pixels + classes]`.
 *
 * @param z `[order.length, classes]`
 * @param noise The block's.
 */
export function blockInput(
  { images, pixels, scale, shift }: ReadImages,
  order: ArrayLike<number>,
  z: Float32Array,
  noise: number,
): Float32Array<ArrayBuffer> {
  const count = order.length;
  const classes = z.length / count;
  const width = pixels + classes;
  const factor = 1 / Math.sqrt(1 + noise * noise);
  const values = new Float32Array(count * width);
  for (let n = 0; n < count; n++) {
    const [row, image] = [n * width, order[n] * pixels];
    for (let i = 0; i < pixels; i++) values[row + i] = images[image + i] * scale + shift;
    for (let k = 0; k < classes; k++) values[row + pixels + k] = factor * z[n * classes + k];
  }
  return values;
}

/**
 * Classes as one-hot numbers plus noise: `[targets.length, classes]`.
 *
 * @param first The first sample's number in the noise's stream.
 */
export function noisedClasses(
  targets: ArrayLike<number>,
  classes: number,
  { noise, key, first }: { readonly noise: number; readonly key: StreamKey; readonly first: number },
): Float32Array<ArrayBuffer> {
  const z = new Float32Array(targets.length * classes);
  for (let n = 0; n < targets.length; n++) {
    const from = Math.imul(first + n, classes);
    for (let k = 0; k < classes; k++)
      z[n * classes + k] = (k === targets[n] ? 1 : 0) + noise * roughNormal(wordAt(key, (from + k) >>> 0));
  }
  return z;
}

/** What a block's answer is to the next one: a softmax of each row of `[count, classes]`. */
export function probabilities(logits: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const found = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let most = -Infinity;
    for (let k = 0; k < classes; k++) most = Math.max(most, logits[row + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += Math.exp(logits[row + k] - most);
    for (let k = 0; k < classes; k++) found[row + k] = Math.exp(logits[row + k] - most) / sum;
  }
  return found;
}

/** Indices of the layers that answer, a block's last each. */
export const answeringLayers = (blocks: readonly Partition[]): number[] =>
  blocks.map(({ firstLayer, layers }) => firstLayer + layers.length - 1);
