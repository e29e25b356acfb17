/**
 * How near an engine has to come. Float32 sums of n terms differ from the exact ones by about √n · 2⁻²⁴ of their terms'
 * size; with the sizes here (n ≤ 784) that stays under 2e-6, and a few steps of training amplify it. 2e-4 of the largest
 * magnitude in the array is allowed, which a wrong term anywhere exceeds by orders of magnitude.
 */
import { expect } from 'vitest';
import type { Score } from '../contract.ts';

/** Asserts |actual − expected| ≤ tolerance · max |expected| everywhere. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-4): void {
  expect(actual.length).toBe(expected.length);
  let size = 1e-12;
  for (let i = 0; i < expected.length; i++) size = Math.max(size, Math.abs(expected[i]));
  let worst = 0;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]) / size;
    if (!(difference <= worst)) [worst, at] = [difference, i];
  }
  expect(worst, `element ${at}: ${actual[at]} against ${expected[at]}, largest ${size}`).toBeLessThanOrEqual(
    tolerance,
  );
}

/** Asserts as many right answers of as many samples, and a loss that is close. */
export function expectSameScore(actual: Score | undefined, expected: Score | undefined): void {
  expectClose([actual!.loss], [expected!.loss]);
  expect(actual!.correct).toBe(expected!.correct);
  expect(actual!.count).toBe(expected!.count);
}
