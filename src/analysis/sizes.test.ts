import { expect, it } from 'vitest';
import { sizesByClass } from './sizes.ts';

it('is the norm of answers over the norm of their label, by class', () => {
  const table = Float32Array.of(3, 4, 0, 2, 1, 0, 0, 0);
  // Of class 0: norms 5 and 2.5 beside 5; of class 1: 1 beside 2, in whatever direction; of class 2 and 3: none, no label.
  const answers = Float32Array.of(4, -3, 1.5, 2, -1, 0, 1, 1);
  expect(sizesByClass(answers, Uint8Array.of(0, 0, 1, 3), table, 2)).toEqual([0.75, 0.5, null, null]);
});
