import { describe, expect, it } from 'vitest';
import { barsOf, cutX, flowsOf, frameOf, HANDLE, levelX, stripOf } from './drawing.ts';

describe.each([300, 559, 560, 1400])('a frame of %d pixels', (width) => {
  const frame = frameOf(width, 220);
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

  it('puts a cut halfway between its layer and the next', () => {
    for (const levels of [3, 7, 20]) {
      for (let after = 1; after <= levels - 2; after++) {
        const middle = (levelX(after, levels, frame) + levelX(after + 1, levels, frame)) / 2;
        expect(cutX(after, levels, frame)).toBeCloseTo(middle, 6);
      }
    }
  });

  it('lets streams run between all layers, and stops them at the cuts of parts that train alone', () => {
    const bars = barsOf(units, frame);
    const places = [1, 3].map((after) => cutX(after, units.length, frame));
    const [together, ...none] = flowsOf(bars, places, false);
    expect(none).toEqual([]);
    expect(together).toHaveLength(units.length - 1);
    const alone = flowsOf(bars, places, true);
    expect(alone).toHaveLength(3);
    for (const [rank, part] of alone.entries()) {
      for (const { from, to } of part) {
        expect(to).toBeGreaterThan(from);
        expect(from).toBeGreaterThan(places[rank - 1] ?? 0);
        expect(to).toBeLessThan(places[rank] ?? width);
      }
    }
  });

  it('leaves room for the labels above the handle', () => {
    const strip = stripOf(frame);
    expect(strip.y + strip.height).toBeLessThanOrEqual(HANDLE.top(frame));
  });
});
