import { setFlagsFromString } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import { roughNormal, streamKey, wordAt } from '../../network/random.ts';
import { activate } from '../../network/activations.ts';
import { updateParameters } from '../../network/reference.ts';
import { OPTIMIZER_IDS, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { ACTIVATIONS } from '../../network/spec.ts';
import { ACTIVATION_CODES, RULE_CODES, type Kernels } from './kernels.ts';
import { loadKernels } from './load-kernels.ts';
import { measureBarrier, measureKernels } from './measure.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

describe.each(['relaxed', 'plain'] as const)('kernels, %s build', (build) => {
  let kernels: Kernels;
  let floats: Float32Array;
  let base: number;
  beforeAll(async () => {
    const loaded = await loadKernels(build);
    loaded.memory.grow(16);
    kernels = loaded.kernels;
    floats = new Float32Array(loaded.memory.buffer);
    base = Math.ceil(kernels.heapBase() / 64) * 64;
  });

  it.each(ACTIVATIONS)('%s is right to 2e-6 of its value, from -30 to 30 and near 0', (kind) => {
    const inputs = Float32Array.from({ length: 8192 }, (_, i) =>
      i % 2 ? (i - 4096) / 137 : ((i - 4096) / 4096) ** 5,
    );
    floats.set(inputs, base / 4);
    kernels.activate(ACTIVATION_CODES[kind], base, inputs.length / 4);
    let worst = 0;
    inputs.forEach((x, i) => {
      const expected = activate(kind, x);
      const error = Math.abs(floats[base / 4 + i] - expected);
      if (error > 0) worst = Math.max(worst, error / Math.abs(expected));
    });
    expect(worst).toBeLessThan(2e-6);
  });

  it.each(ACTIVATIONS)('%s stays finite for huge inputs, and hides nothing that is no number', (kind) => {
    floats.set([-3e38, 3e38, -100, NaN], base / 4);
    kernels.activate(ACTIVATION_CODES[kind], base, 1);
    const found = [...floats.subarray(base / 4, base / 4 + 4)];
    found.slice(0, 3).forEach((value, i) => {
      expect(value).toBeCloseTo(Math.fround(activate(kind, Math.fround([-3e38, 3e38, -100][i]))), 5);
    });
    // Or training would end with weights that no file could give back, and a loss like any other.
    expect(found[3]).toBeNaN();
  });

  it.each(OPTIMIZER_IDS)('%s moves every parameter as far as the rule in double precision does', (rule) => {
    const count = 64;
    const learningRate = 1e-3;
    const decay = 0.25;
    const arrays = [base, base + 1024, base + 2048, base + 3072];
    const at = (array: number) => floats.subarray(arrays[array] / 4, arrays[array] / 4 + count);
    floats.fill(0, base / 4, base / 4 + 1024);
    const expected = new Float64Array(count);
    const moments = Array.from({ length: OPTIMIZERS[rule].moments }, () => new Float64Array(count));
    for (let step = 1; step <= 3; step++) {
      // Gradients of many sizes and both signs, and parameters that stay near 0, so that a step keeps its digits.
      const gradients = Float32Array.from(
        { length: count },
        (_, i) => (-1) ** i * 10 ** ((i - 48) / 12) * step,
      );
      at(3).set(gradients);
      const numbers = OPTIMIZERS[rule].numbers({ learningRate, decay }, step);
      kernels.update(
        RULE_CODES[rule],
        ...(arrays as [number, number, number, number]),
        count / 4,
        numbers.learningRate,
        numbers.epsilon,
        numbers.shrink,
      );
      updateParameters(rule, expected, gradients, moments, { learningRate, decay }, step);
    }
    // About ten roundings of 6e-8 a step. A constant that is rounded before it is used is off by more.
    expected.forEach((value, i) => expect(Math.abs(at(0)[i] / value - 1)).toBeLessThan(1e-6));
  });

  it('draws the very numbers of network/random.ts as noise', () => {
    const width = 13;
    const key = streamKey(11, 'noise', 2);
    const first = 0xffff_fff0; // so that the index wraps past 2³²
    const [table, mixture, weights, x] = [base, base + 1024, base + 2048, base + 4096];
    floats.fill(0, base / 4, base / 4 + 8192);
    const stride = 4 * 16;
    kernels.mixLabels(table, width, mixture, weights, x, 4, stride, 3, 4, 1, key.a, key.b, first);
    for (let n = 0; n < 4; n++) {
      for (let unit = 0; unit < 16; unit++) {
        const found = floats[(x + (unit >> 2) * stride + n * 16 + (unit & 3) * 4) / 4];
        const expected = n < 3 && unit < width ? roughNormal(wordAt(key, first + n * width + unit)) : 0;
        // One rounding of the quotient to float32; a wrong word would be off by at least 1 / 148.
        expect(Math.abs(found - expected)).toBeLessThan(1e-6);
      }
    }
  });

  it('keeps a probability of nothing from becoming a denormal', () => {
    const [y, d, targets] = [base, base + 4096, base + 8192];
    floats.fill(0, base / 4, base / 4 + 4096);
    floats.set([0, -80, -90, -3e38], y / 4);
    const loss = kernels.softmaxLoss(y, d, targets, 4, 2, 64, 1, 4, 1, 0);
    expect(loss).toBe(0);
    expect([...floats.subarray(d / 4, d / 4 + 4)]).toEqual([0, 0, 0, 0]);
  });

  it('measures a peak with multiply-adds that all count', () => {
    // Twelve chains of four lanes, and c ← c · ½ + 1 has the limit 2: a chain left out would be missing in the sum.
    expect(kernels.peak(100, 0.5, 1)).toBeCloseTo(12 * 4 * 2, 5);
  });

  it.each([1, 2])('can be measured on %i threads', async (threads) => {
    const speeds = Object.values(await measureKernels(build, 64, 16, 20, threads));
    expect(speeds).toHaveLength(5);
    expect(speeds.every((speed) => Number.isFinite(speed) && speed > 0)).toBe(true);
  });

  it('can tell what a barrier costs', async () => {
    expect(await measureBarrier(build, 2, 2)).toBeGreaterThanOrEqual(0);
  });
});
