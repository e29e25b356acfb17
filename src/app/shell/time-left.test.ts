import { describe, expect, it } from 'vitest';
import { secondsLeft } from './time-left.ts';

/** What is said after each of these shares of a run that takes so many seconds, evenly. */
const said = (takes: number, foretold: number | null, shares: readonly number[]) =>
  shares.map((share) => secondsLeft({ share, seconds: share * takes }, share, foretold)!);

describe('what is left of a run', () => {
  it('is what was foretold where nothing has been done, and nothing once all is done', () => {
    expect(secondsLeft({ share: 0, seconds: 0 }, 0, 40)).toBe(40);
    expect(secondsLeft({ share: 0, seconds: 3 }, 0, 40)).toBe(40);
    expect(said(60, 40, [1])).toEqual([0]);
  });

  it('comes from the run alone within its first turns, however wrong a busy moment had been', () => {
    for (const foretold of [6, 60, 600]) {
      const [fifth, half] = said(60, foretold, [0.2, 0.5]);
      expect(fifth).toBeCloseTo(48, 9);
      expect(half).toBeCloseTo(30, 9);
    }
  });

  it('until then goes from the one to the other: a slow first step is not the whole truth', () => {
    // The first hundredth took 3 seconds in place of 0.6: by itself it would foretell 300.
    expect(secondsLeft({ share: 0.01, seconds: 3 }, 0.01, 60)).toBeCloseTo(
      0.99 * (0.05 * 300 + 0.95 * 60),
      9,
    );
    const way = said(60, 300, [0, 0.04, 0.08, 0.12, 0.16, 0.2]);
    for (const [index, left] of way.entries()) if (index > 0) expect(left).toBeLessThan(way[index - 1]);
  });

  it('is not said where nothing was foretold before a hundredth is done', () => {
    expect(secondsLeft({ share: 0, seconds: 1 }, 0, null)).toBeNull();
    expect(secondsLeft({ share: 0.009, seconds: 1 }, 0.009, null)).toBeNull();
    expect(secondsLeft({ share: 0.25, seconds: 10 }, 0.25, null)).toBe(30);
  });

  it('goes by what was seen here of a run that began elsewhere', () => {
    // Half was done before a reload; a tenth of all took 8 seconds since.
    expect(secondsLeft({ share: 0.1, seconds: 8 }, 0.6, null)).toBeCloseTo(32, 9);
    expect(secondsLeft({ share: 0.25, seconds: 20 }, 0.75, 500)).toBeCloseTo(20, 9);
  });
});
