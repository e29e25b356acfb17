import { describe, expect, it } from 'vitest';
import { CODES, LABEL_CODES, type LabelCode } from './codes.ts';
import { onesPerClass } from './codes/sparse.ts';
import { labelTable } from './generate.ts';
import { noiseSigma, rms, type LabelTable } from './table.ts';

const make = (
  code: LabelCode,
  { classes = 47, width = 512, scale = 1, sparsity = 0.1, seed = 1, cut = 0 } = {},
) => labelTable({ classes, width, code, scale, sparsity }, seed, cut);

const row = ({ values, width }: LabelTable, index: number) => [
  ...values.subarray(index * width, (index + 1) * width),
];
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);
const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

/** Cosines of all pairs of rows from `first` up to `end`. */
function cosines(table: LabelTable, first: number, end: number): number[] {
  const all: number[] = [];
  for (let a = first; a < end; a++)
    for (let b = a + 1; b < end; b++) all.push(cosine(row(table, a), row(table, b)));
  return all;
}

const odd = [
  [1, 1],
  [2, 1],
  [10, 7],
  [47, 46],
  [62, 513],
] as const;

describe.each(LABEL_CODES)('labels by the %s code', (code) => {
  it('are the same for the same seed and cut, others for another', () => {
    const table = make(code);
    expect(make(code)).toEqual(table);
    if (code === 'one-hot') return; // Nothing random in it.
    expect(make(code, { seed: 2 })).not.toEqual(table);
    expect(make(code, { cut: 1 })).not.toEqual(table);
  });

  it.each(odd)(
    'are finite, of the right size and not all 0, for %i classes in %i units',
    (classes, width) => {
      const { values } = make(code, { classes, width });
      expect(values).toHaveLength(classes * width);
      expect(values.every(Number.isFinite)).toBe(true);
      // A rectified normal number is 0 half of the time, so very small tables may well be.
      if (code !== 'relu-gaussian' || classes * width > 50)
        expect(values.some((value) => value !== 0)).toBe(true);
    },
  );

  it('grow with the scale', () => {
    expect(rms(make(code, { scale: 4 }))).toBeCloseTo(4 * rms(make(code)), 5);
  });

  it('can be produced by their natural boundary', () => {
    const { boundary } = CODES[code];
    if (boundary === 'relu') expect(make(code).values.every((value) => value >= 0)).toBe(true);
    else expect(boundary).toBe('linear');
  });
});

describe('label statistics', () => {
  it('gaussian: mean 0, rms the scale, 68% within one std', () => {
    const { values } = make('gaussian', { scale: 2 });
    // 24,064 entries: standard errors 0.013 of the mean, 0.009 of the rms, 0.3% of the share; bounds are 4 of them.
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(0.052);
    expect(Math.abs(rms({ values }) - 2)).toBeLessThan(0.037);
    const within = values.filter((value) => Math.abs(value) < 2).length / values.length;
    expect(Math.abs(within - 0.683)).toBeLessThan(0.013);
  });

  it('sign: only ± scale, about as many of each, no two classes alike even where there is hardly room', () => {
    const { values } = make('sign', { scale: 3 });
    expect(new Set(values)).toEqual(new Set([3, -3]));
    expect(Math.abs(values.filter((value) => value > 0).length / values.length - 0.5)).toBeLessThan(0.013);
    const narrow = make('sign', { classes: 10, width: 4 });
    expect(new Set(Array.from({ length: 10 }, (_, index) => row(narrow, index).join())).size).toBe(10);
  });

  it('orthogonal: right angles, rms the scale in every row', () => {
    const table = make('orthogonal', { scale: 2 });
    // float32 rounding of 512 terms of size ~1/512.
    for (const value of cosines(table, 0, 47)) expect(Math.abs(value)).toBeLessThan(1e-6);
    for (let index = 0; index < 47; index++) expect(rms({ values: row(table, index) })).toBeCloseTo(2, 5);
  });

  it('orthogonal with more classes than units: right angles within runs of as many classes, and it says so', () => {
    const table = make('orthogonal', { classes: 47, width: 20 });
    for (const [first, end] of [
      [0, 20],
      [20, 40],
      [40, 47],
    ]) {
      for (const value of cosines(table, first, end)) expect(Math.abs(value)).toBeLessThan(1e-6);
    }
    expect(row(table, 0)).not.toEqual(row(table, 20));
    expect(CODES.orthogonal.remark!(47, 20)).toContain('runs of 20 classes');
    expect(CODES.orthogonal.remark!(47, 47)).toBeNull();
  });

  it('simplex: all pairs at cosine −1 / (classes − 1), the widest possible; rms the scale', () => {
    for (const [classes, width] of [
      [47, 512],
      [10, 10],
      [2, 64],
    ]) {
      const table = make('simplex', { classes, width });
      for (const value of cosines(table, 0, classes)) expect(value).toBeCloseTo(-1 / (classes - 1), 5);
      expect(rms(table)).toBeCloseTo(1, 5);
    }
  });

  it('rectified gaussian: half of the entries 0, rms the scale ÷ √2', () => {
    const { values } = make('relu-gaussian', { scale: 2 });
    expect(Math.abs(values.filter((value) => value === 0).length / values.length - 0.5)).toBeLessThan(0.013);
    expect(Math.abs(rms({ values }) - Math.SQRT2)).toBeLessThan(0.05);
  });

  it('sparse: exactly the asked-for share of ones in every class, spread over the units, no two classes alike', () => {
    const table = make('sparse', { scale: 2, sparsity: 0.1 });
    const uses = new Float64Array(512);
    for (let index = 0; index < 47; index++) {
      const ones = row(table, index).flatMap((value, unit) => (value === 2 ? [unit] : []));
      expect(ones).toHaveLength(51);
      for (const unit of ones) uses[unit]++;
    }
    expect(new Set(table.values)).toEqual(new Set([0, 2]));
    // 47 classes use a unit 4.7 times on average, std 2.05: none should be near all, few unused (0.9^47 = 0.7%).
    expect(Math.max(...uses)).toBeLessThan(15);
    expect(uses.filter((count) => count === 0).length).toBeLessThan(15);
    expect(onesPerClass(4, 0.1)).toBe(1);
    expect(onesPerClass(512, 0.9)).toBe(461);
  });

  it('uniform: within [0, scale), mean its half', () => {
    const { values } = make('uniform', { scale: 2 });
    expect(values.every((value) => value >= 0 && value < 2)).toBe(true);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - 1)).toBeLessThan(0.015);
  });

  it('one-hot: every class has a block of its own, all units are used, blocks differ by one unit at most', () => {
    const table = make('one-hot', { scale: 2 });
    const sizes = Array.from(
      { length: 47 },
      (_, index) => row(table, index).filter((value) => value === 2).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(512);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
    for (const value of cosines(table, 0, 47)) expect(value).toBe(0);
    expect(row(make('one-hot', { classes: 3, width: 2 }), 2)).toEqual([1, 0]);
    expect(CODES['one-hot'].remark!(3, 2)).toContain('too few');
  });

  it('are these very numbers: whoever changes a stream changes every shared link', () => {
    const first = (code: LabelCode) => make(code, { classes: 2, width: 3, sparsity: 0.5 }).values.join(' ');
    expect(Object.fromEntries(LABEL_CODES.map((code) => [code, first(code)]))).toMatchInlineSnapshot(`
      {
        "gaussian": "0.56536865234375 1.70391845703125 1.2588958740234375 0.7538909912109375 -0.9142303466796875 0.9266204833984375",
        "one-hot": "1 1 0 0 0 1",
        "orthogonal": "0.4466005265712738 1.3459728956222534 0.994437038898468 0.8633671998977661 -1.0670044422149658 1.0564557313919067",
        "relu-gaussian": "0.56536865234375 1.70391845703125 1.2588958740234375 0.7538909912109375 0 0.9266204833984375",
        "sign": "1 -1 1 -1 1 -1",
        "simplex": "-0.2946985363960266 1.7062325477600098 -0.04385381191968918 0.2946985363960266 -1.7062325477600098 0.04385381191968918",
        "sparse": "0 1 1 1 1 0",
        "uniform": "0.5851513743400574 0.4722828269004822 0.9974790215492249 0.23102295398712158 0.9644017219543457 0.3474244475364685",
      }
    `);
  });

  it('noise is a multiple of the rms', () => {
    const table = make('sign', { scale: 3 });
    expect(rms(table)).toBe(3);
    expect(noiseSigma(table, 0.5)).toBe(1.5);
    expect(rms({ values: [] })).toBe(0);
  });
});
