import { describe, expect, it } from 'vitest';
import { forwardLayer, unflattenParameters } from '../../network/layers/layers.ts';
import { Random } from '../../network/random.ts';
import { directions, sideOf } from './directions.ts';
import { featureLayer, featureParameters } from './features.ts';

function done<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done: ended, value } = work.next();
    if (ended) return value;
  }
}

/** One filter as rows of a picture. */
const filter = (all: Float32Array, width: number, unit: number) =>
  Float32Array.from({ length: all.length / width }, (_, pixel) => all[pixel * width + unit]);

/** Correlation of each pixel with its neighbour to the right. */
function smoothness(values: Float32Array, side: number): number {
  let [both, own] = [0, 0];
  values.forEach((value, at) => {
    own += value * value;
    if (at % side < side - 1) both += value * values[at + 1];
  });
  return both / own;
}

describe('directions of features', () => {
  it('have length 1, are smooth, and see a part of the image', () => {
    const all = done(directions(784, 20, 3, 0));
    for (let unit = 0; unit < 20; unit++) {
      const values = filter(all, 20, unit);
      expect(Math.hypot(...values)).toBeCloseTo(1, 5);
      // A Gaussian of 1.5 pixels applied to noise correlates neighbours by exp(−1 / (4 · 1.5²)) = 0.89.
      expect(smoothness(values, 28)).toBeGreaterThan(0.75);
      // Deviation of the place: at most the window's 4 pixels in each direction, and less for its square.
      const places = [...values].map((value, at) => [value * value, Math.floor(at / 28), at % 28]);
      const mean = [1, 2].map((axis) => places.reduce((sum, place) => sum + place[0] * place[axis], 0));
      const spread = places.reduce(
        (sum, [weight, row, column]) => sum + weight * ((row - mean[0]) ** 2 + (column - mean[1]) ** 2),
        0,
      );
      expect(Math.sqrt(spread)).toBeLessThan(8);
      for (const place of mean) {
        expect(place).toBeGreaterThan(3);
        expect(place).toBeLessThan(25);
      }
    }
  });

  it('follow from the seed, and differ between cuts, units and seeds', () => {
    const first = done(directions(784, 2, 3, 0));
    expect(done(directions(784, 2, 3, 0))).toEqual(first);
    expect(filter(first, 2, 1)).not.toEqual(filter(first, 2, 0));
    expect(done(directions(784, 2, 4, 0))).not.toEqual(first);
    expect(done(directions(784, 2, 3, 1))).not.toEqual(first);
    // A unit is the same however many there are.
    expect(filter(done(directions(784, 3, 3, 0)), 3, 1)).toEqual(filter(first, 2, 1));
  });

  it('grow with the side of the image', () => {
    // Twice as many pixels, twice as wide a blur: neighbours are correlated by exp(−1 / (4 · 3²)) = 0.97.
    expect(smoothness(filter(done(directions(56 * 56, 1, 1, 0)), 1, 0), 56)).toBeGreaterThan(0.93);
  });

  it('are plain random numbers where data are no pictures', () => {
    expect(sideOf(784)).toBe(28);
    expect(sideOf(783)).toBeNull();
    const values = done(directions(783, 1, 1, 0));
    expect(Math.hypot(...values)).toBeCloseTo(1, 5);
    // 783 independent numbers: a standard error of 0.036.
    expect(Math.abs(smoothness(values, 783))).toBeLessThan(0.15);
  });
});

describe('features', () => {
  const spec = { pixels: 36, width: 15, seed: 5, cutIndex: 0 };
  const random = Random.for(2, 'test-images');
  const count = 500;
  const images = Uint8Array.from({ length: count * 36 }, () => Math.max(0, random.below(400) - 145));
  const [scale, shift] = [1 / 90, -0.7];

  it('answer to three images of ten, with rms 1', () => {
    const flat = done(featureParameters(spec, { images, count, scale, shift }));
    const layer = featureLayer(spec);
    const [own] = unflattenParameters([layer], flat);
    const x = Float64Array.from(images, (byte) => byte * scale + shift);
    const y = forwardLayer(layer, own, x, count);
    for (let u = 0; u < spec.width; u++) {
      const alive = Array.from({ length: count }, (_, n) => y[n * spec.width + u]).filter(
        (value) => value > 0,
      );
      // The one at the threshold may come out a rounding above 0.
      expect(Math.abs(alive.length - 0.3 * count)).toBeLessThanOrEqual(1);
    }
    const square = y.reduce((sum, value) => sum + value * value, 0);
    expect(Math.sqrt(square / y.length)).toBeCloseTo(1, 5);
  });

  it('are finite for images that are all the same', () => {
    const flat = done(featureParameters(spec, { images: new Uint8Array(36), count: 1, scale, shift }));
    expect(flat.every(Number.isFinite)).toBe(true);
  });
});
