import { describe, expect, it } from 'vitest';
import { forwardLayer, unflattenParameters } from '../../network/layers/layers.ts';
import { Random } from '../../network/random.ts';
import { rms } from '../table.ts';
import { carriedLayer, carriedParameters, carriedSize, codedUnits, overCarried, swapKey } from './carried.ts';

const SPEC = { pixels: 36, width: 12, coded: 5, size: 1.5, seed: 3, cutIndex: 1 };

function made(spec: Parameters<typeof carriedParameters>[0]): Float32Array {
  const work = carriedParameters(spec);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Column of one unit. */
const column = (flat: Float32Array, unit: number, { pixels, width } = SPEC) =>
  Array.from({ length: pixels }, (_, pixel) => flat[pixel * width + unit]);

describe('labels that carry', () => {
  it('share the units out: at least one carries where any share does', () => {
    expect([0, 0.1, 0.9, 1].map((carry) => codedUnits(512, carry))).toEqual([512, 461, 51, 0]);
    expect(codedUnits(512, 1e-6)).toBe(511);
    expect(codedUnits(1, 0.1)).toBe(0);
  });

  it('carry sums of pixels by Gaussian numbers, the same ones in every place that makes them', () => {
    const flat = made(SPEC);
    expect(made(SPEC)).toEqual(flat);
    for (let unit = 0; unit < 5; unit++) expect(column(flat, unit).every((value) => value === 0)).toBe(true);
    const random = Random.for(3, 'carried', 1, 7);
    expect(column(flat, 7)).toEqual(
      Array.from({ length: 36 }, () => Math.fround((1.5 / 6) * random.normal())),
    );
    // Biases.
    expect(flat.subarray(36 * 12)).toEqual(new Float32Array(12));
    for (const other of [{ seed: 4 }, { cutIndex: 0 }])
      expect(column(made({ ...SPEC, ...other }), 7)).not.toEqual(column(flat, 7));
    // A unit is the same however many carry.
    expect(column(made({ ...SPEC, coded: 7 }), 7)).toEqual(column(flat, 7));
  });

  it('are as large where they carry as where they hold a vector', () => {
    const spec = { pixels: 784, width: 60, coded: 0, size: 1.5, seed: 3, cutIndex: 0 };
    const random = Random.for(2, 'test-images');
    const x = Float64Array.from({ length: 50 * 784 }, () => random.normal());
    const layer = carriedLayer(spec);
    const y = forwardLayer(layer, unflattenParameters([layer], made(spec))[0], x, 50);
    // 3,000 products of rms 1.5: a standard error of 0.02.
    expect(Math.abs(rms({ values: y }) - 1.5)).toBeLessThan(0.08);
    const table = { classes: 2, width: 2, values: Float32Array.of(2, -2, 2, 2) };
    expect(carriedSize(table, 1)).toBe(2);
    expect(carriedSize(null, 0.25)).toBe(0.25);
    expect(carriedSize({ ...table, values: new Float32Array(4) }, 0.25)).toBe(0.25);
  });

  it('have 0 in a vector where the image lies', () => {
    const table = { classes: 2, width: 2, values: Float32Array.of(1, 2, 3, 4) };
    expect([...overCarried(table, 3).values]).toEqual([1, 2, 0, 3, 4, 0]);
  });

  it('are swapped by a stream of each rank', () => {
    expect(swapKey(1, 1)).not.toEqual(swapKey(1, 2));
  });
});
