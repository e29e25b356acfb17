import { expect, it } from 'vitest';
import { cutBeside } from './pick-cut.ts';

it('goes from cut to cut, round both ends, and from nowhere to the first or the last', () => {
  expect([0, 1, 2].map((at) => cutBeside(at, 1, 3))).toEqual([1, 2, 0]);
  expect([0, 1, 2].map((at) => cutBeside(at, -1, 3))).toEqual([2, 0, 1]);
  expect([cutBeside(-1, 1, 3), cutBeside(-1, -1, 3)]).toEqual([0, 2]);
  expect([cutBeside(-1, 1, 1), cutBeside(0, -1, 1)]).toEqual([0, 0]);
});
