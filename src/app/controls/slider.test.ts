import { describe, expect, it } from 'vitest';
import { fromNotch, moved, NOTCHES, toNotch } from './slider.ts';

describe('slider positions', () => {
  it.each([
    [[1e-5, 1], false],
    [[0, 2], false],
    [[8, 1024], true],
  ] as const)('%j reaches both ends', (span, whole) => {
    expect(fromNotch(0, span, whole)).toBe(span[0]);
    expect(fromNotch(NOTCHES, span, whole)).toBe(span[1]);
  });

  it('is logarithmic where the range starts above zero', () => {
    expect(toNotch(1e-3, [1e-5, 1])).toBe(Math.round((NOTCHES * 2) / 5));
    expect(toNotch(1, [0, 2])).toBe(NOTCHES / 2);
  });

  it('keeps values beyond the range at its ends', () => {
    expect(toNotch(10, [1e-5, 1])).toBe(NOTCHES);
    expect(toNotch(0, [1e-5, 1])).toBe(0);
  });

  it('never goes backwards, whole or not', () => {
    const values = Array.from({ length: NOTCHES + 1 }, (_, notch) => fromNotch(notch, [8, 1024], true));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.every(Number.isInteger)).toBe(true);
  });

  it.each([
    [[8, 1024], true],
    [[1, 50], true],
    [[0.03, 1], false],
    [[1e-5, 1], false],
    [[0, 1], false],
  ] as const)('arrow keys walk over all of %j and back', (span, whole) => {
    for (const [start, end, by] of [
      [span[0], span[1], 1],
      [span[1], span[0], -1],
    ]) {
      let value = start;
      for (let pressed = 0; value !== end; pressed++) {
        const next = moved(value, toNotch(value, span) + by, span, whole);
        expect(by * (next - value)).toBeGreaterThan(0);
        expect(pressed).toBeLessThan(2 * NOTCHES);
        value = next;
      }
    }
  });
});
