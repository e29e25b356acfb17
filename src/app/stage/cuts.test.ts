import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freePlaces, withAnother, withCut, withoutCut } from './cuts.ts';

describe('cuts', () => {
  it('another one halves the longest run of layers', () => {
    expect(withAnother([], 5)).toEqual([3]);
    expect(withAnother([3], 5)).toEqual([1, 3]);
    expect(withAnother([1], 5)).toEqual([1, 3]);
  });

  it('come and go at a place, and stay in order', () => {
    expect(withCut([2, 4], 3)).toEqual([2, 3, 4]);
    expect(withCut([2], 2)).toEqual([2]);
    expect(withoutCut([2, 3, 4], 1)).toEqual([2, 4]);
    expect(freePlaces([2, 4], 5)).toEqual([1, 3, 5]);
  });

  it('can be added until every place has one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (layers) => {
        let cuts: number[] = [];
        while (freePlaces(cuts, layers).length > 0) {
          const more = withAnother(cuts, layers);
          expect(more).toHaveLength(cuts.length + 1);
          expect(more.every((after) => after >= 1 && after <= layers)).toBe(true);
          cuts = more;
        }
        expect(cuts).toHaveLength(layers);
      }),
    );
  });
});
