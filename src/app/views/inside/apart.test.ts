import { expect, it } from 'vitest';
import { apart } from './apart.ts';

it('of letters that would lie on each other the earlier one is drawn', () => {
  expect(apart([0, 0, 100, 0, 5, 5, 5, 40], null)).toEqual([true, true, false, true]);
  // The third lies on the second, which is not drawn.
  expect(apart([0, 0, 10, 0, 20, 0], null)).toEqual([true, false, true]);
});

it('one that was asked for always is, and comes once', () => {
  expect(apart([0, 0, 100, 0, 5, 5], 2)).toEqual([false, true, true]);
  expect(apart([0, 0], 0)).toEqual([true]);
});

it('keeps every letter where there is room', () => {
  const places = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 10 * index : 0));
  expect(apart(places, null)).toEqual(Array.from({ length: 10 }, () => true));
});
