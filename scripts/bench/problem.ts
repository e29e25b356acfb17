/** The one piece of work that every row of the benchmark does. */
import type { StageSpec } from '../../src/engines/contract.ts';
import { initialParameters } from '../../src/network/initialise.ts';
import { Random } from '../../src/network/random.ts';
import { denseNetwork, type NetworkSpec } from '../../src/network/spec.ts';

/** Training a rectifier network with Adam on softmax cross-entropy. */
export interface Problem {
  readonly widths: readonly number[];
  readonly batch: number;
}

export const RATE = 1e-3;
/** Different batches that are cycled through. */
export const BATCHES = 8;

export const DEFAULT_NETWORK: readonly number[] = [784, 512, 512, 512, 512, 512, 47];
export const WIDE_NETWORK: readonly number[] = [784, 1024, 1024, 1024, 1024, 1024, 47];

/** e.g. `784-512×5-47`. */
export function nameOf(widths: readonly number[]): string {
  const hidden = widths.slice(1, -1);
  const same = hidden.length > 1 && hidden.every((width) => width === hidden[0]);
  return [widths[0], ...(same ? [`${hidden[0]}×${hidden.length}`] : hidden), widths[widths.length - 1]].join(
    '-',
  );
}

/**
 * Floating-point operations of one training step: forward, weight gradient and input gradient are 2 · batch · weights
 * each, and the first layer of each partition needs no input gradient. Biases, activations, loss and optimizer are
 * left out.
 *
 * @param cuts Layers after which the network is cut, counted from 1; none for conventional training.
 */
export function flopsPerStep({ widths, batch }: Problem, cuts: readonly number[] = []): number {
  const weights = widths.slice(1).map((outputs, i) => widths[i] * outputs);
  const all = weights.reduce((sum, count) => sum + count, 0);
  const spared = [0, ...cuts].reduce((sum, layer) => sum + weights[layer], 0);
  return 2 * batch * (3 * all - spared);
}

/** Cuts that spread the layers evenly over `count` partitions. */
export function evenCuts(layers: number, count: number): number[] {
  return Array.from({ length: count - 1 }, (_, i) => Math.round(((i + 1) * layers) / count));
}

export function networkOf({ widths }: Problem): NetworkSpec {
  return denseNetwork(widths[0], widths.slice(1, -1), widths[widths.length - 1], 'relu');
}

/** Same numbers for every contender, so that their losses can be compared: a check that the work is the same. */
export interface Material {
  readonly network: NetworkSpec;
  readonly parameters: Float32Array<ArrayBuffer>;
  /** `[BATCHES · batch, pixels]` */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

export function materialOf(problem: Problem): Material {
  const { widths, batch } = problem;
  const network = networkOf(problem);
  const classes = widths[widths.length - 1];
  const random = Random.for(1, 'benchmark');
  const samples = BATCHES * batch;
  return {
    network,
    parameters: initialParameters(network, 1),
    images: Uint8Array.from({ length: samples * widths[0] }, () => random.word() & 255),
    labels: Uint8Array.from({ length: samples }, () => random.below(classes)),
  };
}

/** Pixels as floats, for libraries without byte input; ours reads the bytes. */
export const PIXEL_SCALE = 1 / 255;

/** Batch `index` (cycled) as floats and one-hot rows. */
export function floatBatch(problem: Problem, material: Material, index: number) {
  const { batch, widths } = problem;
  const pixels = widths[0];
  const classes = widths[widths.length - 1];
  const first = (index % BATCHES) * batch;
  const x = Float32Array.from(
    material.images.subarray(first * pixels, (first + batch) * pixels),
    (byte) => byte * PIXEL_SCALE,
  );
  const y = new Float32Array(batch * classes);
  for (let n = 0; n < batch; n++) y[n * classes + material.labels[first + n]] = 1;
  return { x, y };
}

/** What our engine trains of it: a local stage with resident data, as conventional training has. */
export function stageOf({ network, parameters }: Material, { widths, batch }: Problem): StageSpec {
  return {
    layers: network,
    parameters,
    batch,
    optimizer: 'adam',
    decay: 0,
    source: { kind: 'images', pixels: widths[0], scale: PIXEL_SCALE, shift: 0 },
    objective: { kind: 'classes', classes: widths[widths.length - 1] },
    training: 'local',
  };
}
