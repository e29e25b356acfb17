import { describe, expect, it } from 'vitest';
import type { CutPicture } from '../../../analysis/serve.ts';
import { labelAt, place } from './placed.ts';

/** Labels in a row, a unit apart, with two dots of their class beside each. */
function inARow(classes: number): CutPicture {
  const all = Array.from({ length: classes }, (_, label) => label);
  return {
    labels: Float32Array.from(all.flatMap((label) => [label, 0])),
    points: Float32Array.from(all.flatMap((label) => [label, 0.2, label, -0.2])),
    classes: Uint8Array.from(all.flatMap((label) => [label, label])),
    distance: 0.2,
  } as CutPicture;
}

const SIDE = 300;
const within = (x: number) => x >= 0 && x <= SIDE;

describe('a picture of a cut', () => {
  it('shows every dot and label', () => {
    const { points, labels } = place(inARow(47), SIDE, null);
    expect([...points, ...labels].every(within)).toBe(true);
  });

  it('looked at closer shows a class with its neighbours, further apart from each other', () => {
    const picture = inARow(47);
    const apart = ({ labels }: ReturnType<typeof place>) => labels[2 * 21] - labels[2 * 20];
    const closer = place(picture, SIDE, 20);
    const shown = Array.from({ length: 47 }, (_, label) => label).filter((label) =>
      within(closer.labels[2 * label]),
    );
    expect(shown).toEqual([18, 19, 20, 21, 22]);
    expect(apart(closer)).toBeGreaterThan(8 * apart(place(picture, SIDE, null)));
    // As for all: a unit across is a unit up.
    expect(closer.points[2 * 40 + 1] - closer.points[2 * 41 + 1]).toBeCloseTo(0.4 * apart(closer), 3);
  });

  it('that has no labels shows the dots of a class', () => {
    const picture = { ...inARow(47), labels: new Float32Array() };
    const { points } = place(picture, SIDE, 20);
    expect([points[2 * 40], points[2 * 41]].every(within)).toBe(true);
    expect([points[0], points[2 * 93]].some(within)).toBe(false);
    expect(labelAt(place(picture, SIDE, null), 0, 0)).toBeNull();
  });
});

it('a press is meant for the nearest letter, within a finger of it', () => {
  const placed = place(inARow(3), SIDE, null);
  const [x, y] = placed.labels.slice(2);
  expect(labelAt(placed, x + 20, y)).toBe(1);
  expect(labelAt(placed, x + 30, y)).toBeNull();
});
