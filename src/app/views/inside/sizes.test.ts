import { expect, it } from 'vitest';
import { rareAndRest, rarestFirst } from './sizes.ts';

it('holds the rarest quarter of the classes against the others, leaving out what has none', () => {
  const order = rarestFirst([90, 10, 40, 5, 70]);
  expect(order).toEqual([3, 1, 2, 4, 0]);
  // The rarest two are 3 and 1.
  expect(rareAndRest([0.75, null, 0.5, 0.25, 1], order)).toEqual({ rare: 0.25, rest: 0.75 });
  expect(rareAndRest([1, null, 1, null, 1], order)).toBeNull();
});
