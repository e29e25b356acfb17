import { describe, expect, it } from 'vitest';
import { isNormalised, withNormalisation } from './normalise.ts';

describe('normalisation behind a layer', () => {
  const before = { layers: [64, 32, 16], cuts: [1, 2, 3] };
  const after = { layers: [64, 32, 'ln', 16], cuts: [1, 2, 4] } as const;

  it('leaves every cut where it is among the other layers', () => {
    expect(withNormalisation(before, 1)).toEqual(after);
    expect([0, 1, 3].map((index) => isNormalised(after, index))).toEqual([false, true, false]);
  });

  it('goes with nothing else; cuts on both its sides become one', () => {
    expect(withNormalisation(after, 1)).toEqual(before);
    expect(withNormalisation({ layers: [64, 'ln', 32], cuts: [1, 2, 3] }, 0)).toEqual({
      layers: [64, 32],
      cuts: [1, 2],
    });
  });
});
