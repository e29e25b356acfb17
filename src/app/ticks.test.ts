import { describe, expect, it } from 'vitest';
import { roundTicks } from './ticks.ts';

describe('round ticks', () => {
  it.each([
    [0, 100, 5, [0, 20, 40, 60, 80, 100]],
    [2.32, 4, 5, [2.5, 3, 3.5, 4]],
    [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
    [1180, 1420, 6, [1200, 1250, 1300, 1350, 1400]],
    [3, 3, 5, [3]],
  ])('from %d to %d, about %d of them', (from, to, count, ticks) => {
    expect(roundTicks(from, to, count)).toEqual(ticks);
  });
});
