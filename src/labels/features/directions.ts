/**
 * What the features of an image are: its products with random filters that are smooth and see a part of it. Smoothness is
 * what matters: random numbers without it are no better a target than a class's label vector.
 */
import { Random } from '../../network/random.ts';

/** Lengths in pixels, for images of 28 × 28; they grow with the side. */
export const SIDE = 28;
export const BLUR = 1.5;
export const BLUR_RADIUS = 4;
export const WINDOW = 4;
export const MARGIN = 6;

/** Pixels along a side, where images are squares; else null. */
export const sideOf = (pixels: number): number | null =>
  Number.isInteger(Math.sqrt(pixels)) && pixels > 1 ? Math.sqrt(pixels) : null;

/**
 * Directions `[pixels, width]`, each of length 1, in pieces for a thread that has other things to do.
 * Data that are no pictures take independent Gaussian numbers.
 *
 * @param cutIndex Each cut has its own.
 */
export function* directions(
  pixels: number,
  width: number,
  seed: number,
  cutIndex: number,
): Generator<void, Float32Array<ArrayBuffer>> {
  const side = sideOf(pixels);
  const all = new Float32Array(pixels * width);
  for (let unit = 0; unit < width; unit++) {
    const random = Random.for(seed, 'features', cutIndex, unit);
    const drawn = Float64Array.from({ length: pixels }, () => random.normal());
    const filter = side === null ? drawn : local(drawn, side, random);
    const length = Math.hypot(...filter) || 1;
    for (let pixel = 0; pixel < pixels; pixel++) all[pixel * width + unit] = filter[pixel] / length;
    yield;
  }
  return all;
}

/** Blurred, and faded out around a random place. */
function local(drawn: Float64Array, side: number, random: Random): Float64Array {
  const unit = side / SIDE;
  const kernel = gaussian(BLUR * unit, Math.max(1, Math.round(BLUR_RADIUS * unit)));
  const blurred = along(along(drawn, kernel, side, 1, side), kernel, side, side, 1);
  const [row, column] = [0, 1].map(() => (MARGIN + (SIDE - 2 * MARGIN) * random.uniform()) * unit);
  return blurred.map((value, at) => {
    const distance = (Math.floor(at / side) - row) ** 2 + ((at % side) - column) ** 2;
    return value * Math.exp(-distance / (2 * (WINDOW * unit) ** 2));
  });
}

const gaussian = (std: number, radius: number): number[] =>
  Array.from({ length: 2 * radius + 1 }, (_, at) => Math.exp(-((at - radius) ** 2) / (2 * std * std)));

/** Convolution along one direction of a square, zero outside. `step` between neighbours, `across` between lines. */
function along(
  values: Float64Array,
  kernel: readonly number[],
  side: number,
  step: number,
  across: number,
): Float64Array {
  const radius = (kernel.length - 1) / 2;
  const out = new Float64Array(values.length);
  for (let line = 0; line < side; line++) {
    for (let place = 0; place < side; place++) {
      let sum = 0;
      const [from, to] = [Math.max(0, place - radius), Math.min(side - 1, place + radius)];
      for (let other = from; other <= to; other++) {
        sum += kernel[other - place + radius] * values[line * across + other * step];
      }
      out[line * across + place * step] = sum;
    }
  }
  return out;
}
