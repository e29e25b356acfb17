import { expect, it } from 'vitest';
import { modelledSpeedUp } from './model.ts';

const free = { threads: 2, microseconds: 0 };

it('is Amdahl’s law where barriers cost nothing', () => {
  const parts = { milliseconds: 10, divided: 0.9, barriers: 20 };
  expect(modelledSpeedUp(parts, free, 1)).toBe(1);
  expect(modelledSpeedUp(parts, free, 9)).toBeCloseTo(1 / (0.1 + 0.1), 9);
});

it('pays every barrier, and more for every further thread', () => {
  const parts = { milliseconds: 1, divided: 1, barriers: 10 };
  // On two threads half a millisecond and ten barriers of 10 µs; on four a quarter and ten of 30 µs.
  expect(modelledSpeedUp(parts, { threads: 2, microseconds: 10 }, 2)).toBeCloseTo(1 / 0.6, 9);
  expect(modelledSpeedUp(parts, { threads: 2, microseconds: 10 }, 4)).toBeCloseTo(1 / 0.55, 9);
  expect(modelledSpeedUp(parts, { threads: 4, microseconds: 30 }, 4)).toBeCloseTo(1 / 0.55, 9);
});
