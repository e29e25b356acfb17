import { shapeOf } from '../network/layers/layers.ts';
import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { initialParameters } from '../network/initialise.ts';
import { denseNetwork } from '../network/spec.ts';
import { Random } from '../network/random.ts';
import { excludeStandardisation, includeStandardisation, pixelStatistics } from './standardisation.ts';

/** MNIST's: mean 0.1307 and std 0.3081, as everybody has them. */
const mnist = { scale: 1 / (255 * 0.3081), shift: -0.1307 / 0.3081 };

describe('standardisation', () => {
  it('is said as others say it: mean and std of pixels from 0 to 1', () => {
    const { mean, std } = pixelStatistics(mnist);
    expect(mean).toBeCloseTo(0.1307, 12);
    expect(std).toBeCloseTo(0.3081, 12);
  });

  const layers = denseNetwork(784, [32, 16], 10, 'relu');
  const parameters = initialParameters(layers, 9);
  const count = 200;
  const random = Random.for(9, 'images');
  const bytes = Uint8Array.from({ length: count * 784 }, () =>
    random.uniform() < 0.2 ? random.uniform() * 256 : 0,
  );

  async function answer(weights: Float32Array, pixel: (byte: number) => number): Promise<Float32Array> {
    const stage = await createReferenceEngine().stage({
      layers,
      parameters: weights,
      batch: count,
      optimizer: 'sgd',
      decay: 0,
      source: { kind: 'activations', shape: [784] },
      objective: null,
      training: 'exchange',
    });
    const values = Float32Array.from(bytes, pixel);
    return (await stage.infer({ kind: 'activations', count, values }, { output: true })).output!;
  }

  it('may be included: then pixels from 0 to 1 get the very answers that standardised ones get without it', async () => {
    const outside = await answer(parameters, (byte) => byte * mnist.scale + mnist.shift);
    const inside = await answer(
      includeStandardisation(parameters, shapeOf(layers[0]), mnist),
      (byte) => byte / 255,
    );
    const wrong = await answer(parameters, (byte) => byte / 255);
    // Float32 sums of 784 products, three layers deep; answers are around 1.
    inside.forEach((value, at) => expect(Math.abs(value - outside[at])).toBeLessThan(1e-4));
    const best = (answers: Float32Array) =>
      Array.from({ length: count }, (_, n) => {
        const one = [...answers.subarray(10 * n, 10 * n + 10)];
        return one.indexOf(Math.max(...one));
      });
    expect(best(inside)).toEqual(best(outside));
    expect(best(wrong)).not.toEqual(best(outside));
  });

  it('that was included can be taken out', () => {
    const there = includeStandardisation(parameters, shapeOf(layers[0]), mnist);
    expect(there).not.toEqual(parameters);
    const back = excludeStandardisation(there, shapeOf(layers[0]), mnist);
    // A weight is rounded twice, a bias is a sum of 784 of them.
    back.forEach((value, at) => expect(Math.abs(value - parameters[at])).toBeLessThan(1e-5));
  });
});
