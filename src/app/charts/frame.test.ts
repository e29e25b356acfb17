import { describe, expect, it } from 'vitest';
import { placeLabels } from './end-labels.ts';
import { frameOf, shareOfHeight } from './frame.ts';
import type { Dot, Line } from './series.ts';
import { below } from './shade.ts';

const dots = (...ys: number[]): Dot[] => ys.map((y, x) => ({ x, y }));
const line = (points: readonly Dot[]): Line => ({
  key: 'a',
  label: 'A',
  owner: 'a',
  color: 'red',
  dash: '0',
  secondary: false,
  points,
});

describe('axes', () => {
  it('reach from the start to where the run will end', () => {
    const lines = [line(dots(0.1, 0.9))];
    expect(frameOf({ lines, reach: 8 }).across.domain).toEqual([0, 8]);
    expect(frameOf({ lines: [], reach: 8 }).across.domain).toEqual([0, 8]);
    // A run of which that is not known, and one that went beyond.
    expect(frameOf({ lines }).across.domain).toEqual([0, 1]);
    expect(frameOf({ lines: [line(dots(0, 1, 2, 3))], reach: 2 }).across.domain[1]).toBeGreaterThanOrEqual(3);
  });

  it('of a part that begins at 0 begin on a logarithm where there is something to see', () => {
    const { drawn, across } = frameOf({ lines: [line(dots(1, 2, 3))], logX: true, span: [0, 1.5] });
    expect(across.domain).toEqual([1, 1.5]);
    expect(drawn[0].points[0].x).toBe(1);
  });

  it('close up begin where lines stay after their first rise', () => {
    const lines = [line(dots(0.1, 0.88, 0.91, 0.95, 0.96)), line(dots(0.1, 0.87, 0.93, 0.96, 0.97))];
    expect(frameOf({ lines, closeUp: true }).heights.domain[0]).toBeCloseTo(0.86, 1);
    expect(frameOf({ lines, closeUp: true }).heights.domain[0]).toBeLessThanOrEqual(0.87);
    // Of a few points none is left out.
    expect(frameOf({ lines: [line(dots(0.1, 0.8))], closeUp: true }).heights.domain[0]).toBeLessThanOrEqual(
      0.1,
    );
    expect(frameOf({ lines, fromZero: true }).heights.domain[0]).toBe(0);
  });

  it('say where a value lies, on a logarithm too, and never beyond the ends', () => {
    const scale = { domain: [1, 100], ticks: [] } as const;
    expect(shareOfHeight(scale, false, 50.5)).toBeCloseTo(0.5);
    expect(shareOfHeight(scale, true, 10)).toBeCloseTo(0.5);
    expect(shareOfHeight(scale, false, -5)).toBe(0);
    expect(shareOfHeight(scale, false, 500)).toBe(1);
  });
});

describe('names at the ends of lines', () => {
  const room = { height: 100, row: 16 };

  it('stand where the lines end, as long as they do not touch', () => {
    expect(placeLabels([20, 60], room)).toEqual([20, 60]);
  });

  it('make room for each other in the order of the ends, inside the plot', () => {
    const placed = placeLabels([52, 50, 51], room);
    const sorted = placed.toSorted((a, b) => a - b);
    expect(sorted[1] - sorted[0]).toBeGreaterThanOrEqual(16);
    expect(sorted[2] - sorted[1]).toBeGreaterThanOrEqual(16);
    expect(placed[1]).toBe(sorted[0]);
    expect(placed[0]).toBe(sorted[2]);
    for (const ends of [
      [0, 0, 0],
      [100, 100, 99],
    ]) {
      const list = placeLabels(ends, room).toSorted((a, b) => a - b);
      expect(list[0]).toBeGreaterThanOrEqual(8);
      expect(list[2]).toBeLessThanOrEqual(92);
    }
  });

  it('stand closer where there is no room for all', () => {
    const placed = placeLabels(
      Array.from({ length: 10 }, () => 50),
      room,
    );
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...placed)).toBeLessThanOrEqual(95);
    expect(new Set(placed.map((place) => Math.round(place))).size).toBe(10);
  });
});

describe('the loss that is shaded', () => {
  it('lies where a line is below another, from crossing to crossing', () => {
    const patches = below(dots(0, 2, 4, 2), dots(1, 1, 5, 5));
    expect(patches).toHaveLength(2);
    expect(patches[0].map(({ x }) => x)).toEqual([0, 0.5]);
    expect(patches[1][0].x).toBeCloseTo(1.5);
    expect(patches[1].at(-1)).toEqual({ x: 3, top: 5, bottom: 2 });
  });

  it('reaches as far as both lines do', () => {
    const [patch] = below(
      [
        { x: 1, y: 0 },
        { x: 3, y: 0 },
      ],
      [
        { x: 0, y: 1 },
        { x: 2, y: 3 },
      ],
    );
    expect(patch).toEqual([
      { x: 1, top: 2, bottom: 0 },
      { x: 2, top: 3, bottom: 0 },
    ]);
    expect(below(dots(2, 2), dots(1, 1))).toEqual([]);
    expect(below([], dots(1))).toEqual([]);
  });
});
