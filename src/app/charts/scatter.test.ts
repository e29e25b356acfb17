import { expect, it } from 'vitest';
import { PLOT, scatterOf } from './scatter.ts';

const SIZE = [600, 240] as const;

it('gives zero a place of its own before a logarithmic axis', () => {
  const { dots, across, broken } = scatterOf(
    [
      { x: 0, y: 0.7 },
      { x: 1e6, y: 0.8 },
      { x: 1e8, y: 0.9 },
    ],
    ...SIZE,
  );
  expect(dots[0].x).toBeLessThan(broken!);
  expect(broken).toBeLessThan(dots[1].x);
  // Ten times as much is as far everywhere.
  const at = (value: number) => across.find((tick) => tick.value === value)!.at;
  expect(across.map(({ value }) => value)).toEqual([0, 1e6, 1e7, 1e8]);
  expect(at(1e8) - at(1e7)).toBeCloseTo(at(1e7) - at(1e6), 9);
  expect(dots[2].x).toBeLessThanOrEqual(600 - PLOT.right);
  // Higher is better, and up.
  expect(dots[2].y).toBeLessThan(dots[0].y);
});

it('has dots at zero side by side where one would lie upon the other, and leaves those elsewhere where they are', () => {
  const ys = [0.755, 0.754, 0.752, 0.6];
  const { dots } = scatterOf(
    [...ys.map((y) => ({ x: 0, y })), { x: 1e6, y: 0.75 }, { x: 1e6, y: 0.75 }],
    ...SIZE,
  );
  for (const [i, one] of dots.slice(0, 4).entries())
    for (const other of dots.slice(i + 1, 4))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(12);
  expect(dots[3].x).toBe(dots[0].x);
  expect(dots[5]).toEqual(dots[4]);
});

it('has no break where nothing, or all, is zero', () => {
  expect(scatterOf([{ x: 5, y: 1 }], ...SIZE).broken).toBeNull();
  const none = scatterOf(
    [
      { x: 0, y: 0.5 },
      { x: 0, y: 0.6 },
    ],
    ...SIZE,
  );
  expect(none.broken).toBeNull();
  expect(none.across).toEqual([{ value: 0, at: (PLOT.left + 600 - PLOT.right) / 2 }]);
});

it('puts names beside their dots, in the picture, and none upon another or upon a dot', () => {
  const dots = Array.from({ length: 6 }, (_, i) => ({
    x: 1e6 * (1 + 0.2 * (i % 2)),
    y: 0.8 + i / 500,
    name: 'Model parallel',
  }));
  const { names, dots: placed } = scatterOf([...dots, { x: 9e6, y: 0.7, name: 'Conventional' }], ...SIZE);
  const shown = names.filter((name) => name !== null);
  expect(shown.length).toBeGreaterThanOrEqual(5);
  const boxes = shown.map(({ x, y, anchor, text }) => {
    const length = 7.2 * text.length;
    const left = anchor === 'start' ? x : x - length;
    return { left, right: left + length, top: y - 7, bottom: y + 7 };
  });
  for (const [i, box] of boxes.entries()) {
    expect(box.left).toBeGreaterThanOrEqual(PLOT.left);
    expect(box.right).toBeLessThanOrEqual(600 - PLOT.right);
    for (const other of boxes.slice(i + 1)) {
      expect(
        box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
      ).toBe(false);
    }
    for (const { x, y } of placed)
      expect(x > box.left && x < box.right && y > box.top && y < box.bottom).toBe(false);
  }
});

it('has ticks whose numbers do not run into each other, on a phone too', () => {
  const few = [
    { x: 8e6, y: 0.7 },
    { x: 5e7, y: 0.8 },
  ];
  const places = (width: number) => scatterOf(few, width, 240).across;
  const narrow = places(330);
  narrow.slice(1).forEach(({ at }, index) => expect(at - narrow[index].at).toBeGreaterThanOrEqual(54));
  expect(narrow.map(({ value }) => value)).toContain(1e7);
  expect(places(900).length).toBeGreaterThan(narrow.length);
});
