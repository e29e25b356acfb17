import { describe, expect, it } from 'vitest';
import { among, confusion, mistakes, mostConfused, perClass, worst } from './confusion.ts';

const truth = Uint8Array.from([0, 0, 1, 1, 1, 2]);
const one = Uint8Array.from([0, 1, 1, 0, 0, 2]);
const other = Uint8Array.from([0, 0, 1, 1, 0, 2]);

describe('judging', () => {
  it('counts truth against prediction', () => {
    const counts = confusion(truth, one, 4);
    expect([...counts]).toEqual([1, 1, 0, 0, 2, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    expect(perClass(counts, 4)).toEqual([0.5, 1 / 3, 1, null]);
    expect(worst(counts, 4)).toEqual([
      { truth: 1, seen: 0, times: 2 },
      { truth: 0, seen: 1, times: 1 },
    ]);
    expect(worst(confusion(truth, truth, 4), 4)).toEqual([]);
  });

  it('picks the classes that are mistaken most often', () => {
    const counts = confusion(Uint8Array.from([3, 3, 3, 1, 2]), Uint8Array.from([0, 0, 3, 2, 2]), 4);
    expect(mostConfused(counts, 4, 2)).toEqual([0, 3]);
    expect(mostConfused(counts, 4, 3)).toEqual([0, 1, 3]);
    expect(mostConfused(counts, 4, 9)).toEqual([0, 1, 2, 3]);
    expect([...among(counts, 4, [0, 3])]).toEqual([0, 0, 2, 1]);
  });

  it('finds what one gets wrong and another right', () => {
    expect(mistakes(truth, one, null)).toEqual([1, 3, 4]);
    expect(mistakes(truth, one, other)).toEqual([1, 3]);
    expect(mistakes(truth, other, one)).toEqual([]);
  });
});
