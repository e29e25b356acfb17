import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleStrategy } from '../../session/idle-strategy.ts';
import type { Point } from '../../session/state.ts';
import { decimate, MOST_POINTS } from './decimate.ts';
import { linesOf, rowsOf, sourceOf } from './series.ts';
import { logSpan, shapeOf, type Look } from './shape.ts';
import { smooth } from './smooth.ts';

const point = (step: number, testAccuracy: number): Point => ({
  phase: 'training',
  step,
  epochs: step / 10,
  samples: step * 8,
  seconds: step / 100,
  flops: step * 1e6,
  bytes: 0,
  learningRate: 1e-3,
  testAccuracy,
  trainAccuracy: null,
  balancedAccuracy: NaN,
  classAccuracy: [],
  testLoss: 1,
  trainLoss: null,
  rankLosses: [],
  nearestLabel: [],
  deadUnits: [],
  throughput: step === 0 ? null : 100,
  memory: [],
});

describe('lines', () => {
  const strategies = [
    sourceOf({ ...idleStrategy('conventional'), points: [point(0, 0.1), point(10, 0.5)] }, 'Conventional'),
    sourceOf({ ...idleStrategy('sil'), points: [point(0, 0.1)] }, 'SIL'),
  ];

  it('has one per strategy and quantity that has numbers', () => {
    const lines = linesOf(strategies, 'epochs', [
      { suffix: '', of: ({ testAccuracy }) => testAccuracy },
      { suffix: 'training', secondary: true, of: ({ trainAccuracy }) => trainAccuracy },
    ]);
    expect(lines.map(({ label }) => label)).toEqual(['Conventional', 'SIL']);
    expect(lines[0].points).toEqual([
      { x: 0, y: 0.1 },
      { x: 1, y: 0.5 },
    ]);
    expect(rowsOf(lines)).toEqual([
      { x: 0, values: { 'conventional-0': 0.1, 'sil-0': 0.1 } },
      { x: 1, values: { 'conventional-0': 0.5 } },
    ]);
  });

  it('has a row more where a curve ends with another figure at the same place', () => {
    const [line] = linesOf(
      [sourceOf({ ...idleStrategy('sil'), points: [point(0, 0.1), point(10, 0.5)] }, 'SIL')],
      'epochs',
      [{ suffix: '', of: ({ testAccuracy }) => testAccuracy }],
    );
    const ended = { ...line, points: [...line.points, { x: 1, y: 0.4 }] };
    expect(rowsOf([ended]).map(({ x, values }) => [x, values[line.key]])).toEqual([
      [0, 0.1],
      [1, 0.5],
      [1, 0.4],
    ]);
  });
});

describe('what stays', () => {
  const accuracy = [{ suffix: '', of: ({ testAccuracy }: Point) => testAccuracy }];
  const points = [point(0, 0.1), point(10, 0.5), point(20, 0.7)];
  const line = (all: readonly Point[]) =>
    linesOf([sourceOf({ ...idleStrategy('sil'), points: [...all] }, 'SIL')], 'epochs', accuracy)[0];
  const look: Look = { logX: false, logY: false, smoothing: 0, span: null };

  it('is the very same for the same points, so that it is not drawn again', () => {
    const source = sourceOf({ ...idleStrategy('sil'), points }, 'SIL');
    const [first, again] = [0, 1].map(() => linesOf([source], 'epochs', accuracy)[0].points);
    expect(again).toBe(first);
    expect(shapeOf(again, look).points).toBe(shapeOf(first, { ...look }).points);
    expect(linesOf([source], 'samples', accuracy)[0].points).not.toBe(first);
  });

  it('is made anew where points come or the look is another', () => {
    const before = line(points.slice(0, 2)).points;
    expect(line(points).points).toHaveLength(before.length + 1);
    const plain = shapeOf(before, look);
    expect(plain.points).toEqual(before);
    expect(shapeOf(before, { ...look, smoothing: 0.9 }).points).not.toEqual(plain.raw);
    expect(shapeOf(before, { ...look, logX: true }).points).toEqual([{ x: 1, y: 0.5 }]);
    expect(shapeOf(before, look).points).toEqual(before);
  });

  it('is, of a part, what lies in it and the points beside it', () => {
    const { points: whole } = line([...points, point(30, 0.8), point(40, 0.9)]);
    expect(shapeOf(whole, { ...look, span: [1.5, 2.5] }).points.map(({ x }) => x)).toEqual([1, 2, 3]);
  });

  it('says the same of a step, whichever part is looked at', () => {
    const { points: whole } = line([...points, point(30, 0.8), point(40, 0.9)]);
    const smoothed: Look = { ...look, smoothing: 0.8 };
    const all = shapeOf(whole, smoothed).points;
    for (const part of [{ span: [1.5, 2.5] as const }, { logX: true }, { logY: true, span: [0, 2] as const }])
      for (const { x, y } of shapeOf(whole, { ...smoothed, ...part }).points)
        expect(y).toBe(all.find((dot) => dot.x === x)!.y);
  });

  it('begins on a logarithmic axis where there is something to see', () => {
    const { points: whole } = line(points);
    expect(logSpan([0, 1.5], [whole])).toEqual([1, 1.5]);
    expect(logSpan([0.5, 1.5], [whole])).toEqual([0.5, 1.5]);
    // Before the first place that a logarithm can show there is nothing, but an axis all the same.
    expect(logSpan([0, 0.5], [whole])).toEqual([0.05, 0.5]);
    expect(logSpan([0, 0.5], [])).toEqual([0.05, 0.5]);
  });
});

describe('decimation', () => {
  it('keeps the first, the last, the extremes and the order, within the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 3000 }),
        (ys) => {
          const points = ys.map((y, x) => ({ x, y }));
          const kept = decimate(points);
          expect(kept.length).toBeLessThanOrEqual(MOST_POINTS);
          expect(kept[0]).toBe(points[0]);
          expect(kept.at(-1)).toBe(points.at(-1));
          for (let i = 1; i < kept.length; i++) expect(kept[i].x).toBeGreaterThan(kept[i - 1].x);
          expect(Math.max(...kept.map(({ y }) => y))).toBe(Math.max(...ys));
          expect(Math.min(...kept.map(({ y }) => y))).toBe(Math.min(...ys));
        },
      ),
      { seed: 1 },
    );
  });
});

describe('smoothing', () => {
  const line = [4, 4, 4, 0, 8].map((y, x) => ({ x, y }));

  it('leaves a level line level from its first point on, and the line as it is at weight 0', () => {
    for (const { y } of smooth(line.slice(0, 3), 0.9)) expect(y).toBeCloseTo(4, 12);
    expect(smooth(line, 0)).toBe(line);
  });

  it('is the weighted mean of what came before', () => {
    // Weights 1/2, 1/4 … of the newest back, over their sum.
    expect(smooth(line, 0.5)[4].y).toBeCloseTo((16 * 8 + 4 * 4 + 2 * 4 + 4) / 31, 12);
  });
});
