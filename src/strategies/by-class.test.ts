import { expect, it } from 'vitest';
import { classShares, noneByClass, tally } from './by-class.ts';

const objective = { kind: 'classes', classes: 3 } as const;

it('counts right answers by the class that an image is of, the first of equal logits winning', () => {
  const counted = noneByClass(objective);
  // Answers 2, 0 (of equals), 1, and one that is not a number, which no engine takes for larger.
  const logits = Float32Array.of(0, 1, 2, 5, 5, 1, 0, 4, 1, 1, NaN, 0);
  tally(counted, logits, Uint8Array.of(2, 0, 0, 0));
  expect([...counted.seen]).toEqual([3, 0, 1]);
  expect([...counted.right]).toEqual([2, 0, 1]);
});

it('puts together what several devices counted; a class without images has no share', () => {
  const [one, other] = [noneByClass(objective), noneByClass(objective)];
  tally(one, Float32Array.of(1, 0, 0), Uint8Array.of(0));
  tally(other, Float32Array.of(0, 1, 0, 0, 0, 1), Uint8Array.of(0, 2));
  expect(classShares([one, other])).toEqual([0.5, null, 1]);
  expect(classShares([noneByClass(null)])).toEqual([]);
});
