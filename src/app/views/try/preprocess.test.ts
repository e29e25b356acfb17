import { describe, expect, it } from 'vitest';
import type { DatasetFacts } from '../../../experiment/datasets/facts.ts';
import { preprocess, type Ink } from './preprocess.ts';

const SIDE = 112;

/** A filled rectangle. */
function rectangle(left: number, top: number, width: number, height: number): Ink {
  const values = new Float32Array(SIDE * SIDE);
  for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) values[y * SIDE + x] = 1;
  return { values, side: SIDE };
}

/** First and last row and column with at least half of full ink. */
function extent(image: Uint8Array) {
  const inked = [...image.keys()].filter((at) => image[at] > 127);
  const columns = inked.map((at) => at % 28);
  const rows = inked.map((at) => Math.floor(at / 28));
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
}

describe.each<[DatasetFacts['centred'], number, number]>([
  ['box', 2, 25],
  ['mass', 4, 23],
])('images with the %s in their middle', (centred, first, last) => {
  it('are the same wherever on the sheet the character is and however large', () => {
    const small = preprocess(rectangle(5, 60, 12, 30), centred)!;
    const large = preprocess(rectangle(40, 10, 36, 90), centred)!;
    // The blur is as wide on the sheet for both, and so wider for the small one: a pixel at each edge.
    extent(small).forEach((edge, index) =>
      expect(Math.abs(edge - extent(large)[index])).toBeLessThanOrEqual(1),
    );
  });

  it('fill their box with the aspect kept, in the middle', () => {
    const [left, right, top, bottom] = extent(preprocess(rectangle(3, 8, 25, 100), centred)!);
    // The blur takes away half a pixel at most.
    expect(Math.abs(top - first)).toBeLessThanOrEqual(1);
    expect(Math.abs(bottom - last)).toBeLessThanOrEqual(1);
    expect((right - left + 1) / (bottom - top + 1)).toBeCloseTo(0.25, 1);
    expect(Math.abs(left + right - 27)).toBeLessThanOrEqual(1);
  });

  it('use the whole range of bytes, white on black', () => {
    const image = preprocess(rectangle(30, 30, 40, 40), centred)!;
    expect(Math.max(...image)).toBe(255);
    expect(image[0]).toBe(0);
  });

  it('do not exist of nothing', () => {
    expect(preprocess({ values: new Float32Array(SIDE * SIDE), side: SIDE }, centred)).toBeNull();
  });
});

describe('MNIST images', () => {
  it('have their centre of mass in the middle, not their box', () => {
    const ink = rectangle(20, 20, 10, 60);
    for (let y = 70; y < 80; y++) for (let x = 20; x < 80; x++) ink.values[y * SIDE + x] = 1;
    const image = preprocess(ink, 'mass')!;
    let [x, y, sum] = [0, 0, 0];
    image.forEach((value, at) => {
      x += value * ((at % 28) + 0.5);
      y += value * (Math.floor(at / 28) + 0.5);
      sum += value;
    });
    expect(x / sum).toBeCloseTo(14, 0);
    expect(y / sum).toBeCloseTo(14, 0);
  });
});
