import { expect, it } from 'vitest';
import { lanesFor, middleOf } from './names.ts';

it('names stand in one lane where there is room, and take turns where there is little', () => {
  expect(lanesFor(40).count).toBe(1);
  expect(lanesFor(9.8).count).toBe(2);
  expect(lanesFor(4).count).toBe(4);
});

it('never lie on each other, nor outside their room', () => {
  for (const apart of [3, 6.8, 8.9, 14, 25]) {
    const lanes = lanesFor(apart);
    const middles = Array.from({ length: 62 }, (_, index) => middleOf(index, lanes));
    for (const [index, middle] of middles.entries()) {
      expect(middle).toBeGreaterThanOrEqual(7);
      expect(middle).toBeLessThanOrEqual(lanes.room - 7);
      // The next one in the same lane is a name's height away.
      const next = middles.indexOf(middle, index + 1);
      if (next >= 0) expect((next - index) * apart).toBeGreaterThanOrEqual(14);
    }
  }
});
