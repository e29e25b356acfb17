import { describe, expect, it } from 'vitest';
import { barsOf, cutAt, cutX, frameOf, gapOf, levelX } from './drawing.ts';

describe.each([300, 559, 560, 1400])('a frame of %d pixels', (width) => {
  const frame = frameOf(width);
  const units = [784, 512, 1, 4096, 47];

  it('holds every bar whole, in order, the widest layer tallest', () => {
    const bars = barsOf(units, frame);
    for (const bar of bars) {
      expect(bar.x).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width).toBeLessThanOrEqual(width);
      expect(bar.y).toBeGreaterThanOrEqual(0);
      expect(bar.y + bar.height).toBeLessThanOrEqual(frame.height);
    }
    expect(bars.map(({ x }) => x)).toEqual(bars.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(Math.max(...bars.map(({ height }) => height))).toBe(bars[3].height);
  });

  it('finds the cut again that stands where a pointer is', () => {
    for (const levels of [3, 7, 20]) {
      for (let after = 1; after <= levels - 2; after++) {
        const x = cutX(after, levels, frame);
        expect(x).toBeGreaterThan(levelX(after, levels, frame));
        expect(x).toBeLessThan(levelX(after + 1, levels, frame));
        for (const nudge of [-0.4, 0, 0.4])
          expect(cutAt(x + nudge * gapOf(levels, frame), levels, frame)).toBe(after);
      }
    }
  });

  it('keeps a pointer far outside at the first and last place', () => {
    expect(cutAt(-1000, 7, frame)).toBe(1);
    expect(cutAt(9000, 7, frame)).toBe(5);
  });
});
