import { describe, expect, it } from 'vitest';
import { barsOf, cutX, flowsOf, frameOf, gapOf, HANDLE, levelX, stripOf } from './drawing.ts';

describe.each([
  [300, 114],
  [479, 166],
  [480, 101],
  [1400, 192],
])('a frame of %d by %d pixels', (width, height) => {
  const frame = frameOf(width, height, width + 320);
  const units = [784, 512, 1, 4096, 47];
  const strip = stripOf(units.length, frame);

  it('holds every bar whole, in order, the widest layer tallest', () => {
    const bars = barsOf(units, frame);
    for (const bar of bars) {
      expect(bar.x).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width).toBeLessThanOrEqual(width);
      expect(bar.y).toBeGreaterThanOrEqual(0);
      expect(bar.y + bar.height).toBeLessThanOrEqual(frame.height);
    }
    expect(bars.map(({ x }) => x)).toEqual(bars.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(Math.max(...bars.map((bar) => bar.height))).toBe(bars[3].height);
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
    const [together, ...none] = flowsOf(bars, places, false, strip);
    expect(none).toEqual([]);
    expect(together).toHaveLength(units.length - 1);
    const alone = flowsOf(bars, places, true, strip);
    expect(alone).toHaveLength(3);
    for (const [rank, part] of alone.entries()) {
      for (const { from, to } of part) {
        expect(to).toBeGreaterThan(from);
        // Not even over the labels that stand on a cut's line.
        expect(from).toBeGreaterThan((places[rank - 1] ?? -strip.width) + strip.width / 2);
        expect(to).toBeLessThan((places[rank] ?? width + strip.width) - strip.width / 2);
      }
    }
  });

  it('leaves room for the labels between the layers and below the handle', () => {
    expect(strip.y).toBeGreaterThanOrEqual(HANDLE.top + HANDLE.size);
    expect(strip.y + strip.height).toBeLessThanOrEqual(frame.height);
    for (const levels of [3, 5, 8]) {
      const { width: wide } = stripOf(levels, frame);
      expect(wide / 2 + frame.bar / 2).toBeLessThan(gapOf(levels, frame) / 2);
    }
  });
});

it('is a phone where the stage is narrow, whatever its columns leave the drawing', () => {
  expect(frameOf(340, 114, 362).phone).toBe(true);
  expect(frameOf(340, 160, 700).phone).toBe(false);
});
