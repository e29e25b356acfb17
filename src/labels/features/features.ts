/**
 * Features: what a partition of few layers can learn to answer exactly, and still tells classes apart. Both sides of a
 * cut make them from the seed and their own images, so that they are never sent.
 */
import { countParameters, type LayerSpec } from '../../network/layers/layers.ts';
import { directions } from './directions.ts';

/** Deviation of the noise on features that the partition behind them trains on; they have rms 1. */
export const FEATURE_NOISE = 0.05;
/** Training images that a feature's threshold is found on, from the first on. */
export const SAMPLE = 4000;
/** Share of them to which a feature answers 0. */
export const SILENT = 0.7;

export interface FeatureSpec {
  readonly pixels: number;
  /** Units at the cut. */
  readonly width: number;
  readonly seed: number;
  readonly cutIndex: number;
}

/** Training images: bytes `[count, pixels]`, read as `byte · scale + shift`. */
export interface FeatureImages {
  readonly images: Uint8Array;
  readonly count: number;
  readonly scale: number;
  readonly shift: number;
}

/** The layer that makes features of an image: relu(x · A + b). */
export const featureLayer = ({ pixels, width }: Pick<FeatureSpec, 'pixels' | 'width'>): LayerSpec => ({
  kind: 'dense',
  inputs: pixels,
  outputs: width,
  activation: 'relu',
});

/**
 * Its parameters, flat: random directions A, each answering to three images of ten, all scaled so that answers have
 * rms 1 over some training images. In pieces, for a thread that has other things to do.
 */
export function* featureParameters(
  spec: FeatureSpec,
  { images, count, scale, shift }: FeatureImages,
): Generator<void, Float32Array<ArrayBuffer>> {
  const { pixels, width, seed, cutIndex } = spec;
  const weights = yield* directions(pixels, width, seed, cutIndex);
  const sampled = Math.min(SAMPLE, count);
  // x · A of all sampled images, a row per feature. Most bytes are 0, so x is taken apart: byte · scale and shift.
  const answers = new Float32Array(width * sampled);
  const constant = sumRows(weights, pixels, width).map((sum) => shift * sum);
  for (let n = 0; n < sampled; n++) {
    const row = constant.slice();
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = images[n * pixels + pixel] * scale;
      if (value === 0) continue;
      for (let u = 0, at = pixel * width; u < width; u++, at++) row[u] += value * weights[at];
    }
    for (let u = 0; u < width; u++) answers[u * sampled + n] = row[u];
    yield;
  }
  const biases = new Float64Array(width);
  let square = 0;
  for (let u = 0; u < width; u++) {
    const own = answers.subarray(u * sampled, (u + 1) * sampled).sort();
    const threshold = own[Math.floor(SILENT * sampled)] ?? 0;
    biases[u] = -threshold;
    for (const answer of own) if (answer > threshold) square += (answer - threshold) ** 2;
    yield;
  }
  const size = Math.sqrt(square / (width * Math.max(1, sampled))) || 1;
  const flat = new Float32Array(countParameters([featureLayer(spec)]));
  flat.set(weights.map((weight) => weight / size));
  flat.set(
    biases.map((bias) => bias / size),
    weights.length,
  );
  return flat;
}

/** Sums over the rows of `[rows, width]`. */
function sumRows(values: Float32Array, rows: number, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < rows * width; at++) sums[at % width] += values[at];
  return sums;
}
