import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logTicks, roundAxis, roundTicks } from './ticks.ts';

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

describe('a round axis', () => {
  it.each([
    [0, 0.364, [0, 0.1, 0.2, 0.3, 0.4]],
    [0.902, 0.974, [0.9, 0.92, 0.94, 0.96, 0.98]],
    [0, 8_050_000, [0, 2e6, 4e6, 6e6, 8e6, 10e6]],
    [0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [3, 3, [0, 1, 2, 3]],
  ])('for %d to %d', (low, high, ticks) => {
    expect(roundAxis(low, high).ticks).toEqual(ticks);
  });

  it('holds what it is for, in few steps', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { domain, ticks } = roundAxis(low, high);
        const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
        expect(domain[0]).toBeLessThanOrEqual(low + slack);
        expect(domain[1]).toBeGreaterThanOrEqual(high - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('ticks of a logarithmic axis', () => {
  it('are powers of ten, and where there are few, round numbers between', () => {
    expect(logTicks(0.002, 30)).toEqual([0.01, 0.1, 1, 10]);
    expect(logTicks(0.01, 1)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
    expect(logTicks(0.055, 0.19)).toEqual([0.07, 0.1, 0.15]);
    expect(logTicks(0.055, 0.07)).toEqual([0.06, 0.07]);
    expect(logTicks(0, 1)).toEqual([]);
  });
});
