/** How long a run will go on: as foretold at first, and more and more as the run itself shows. Pure. */

/** What the run has shown since it was first seen to train: how much of it was done, and in how many seconds. */
export interface Shown {
  /** 0 … 1 of all of it. */
  readonly share: number;
  readonly seconds: number;
}

/**
 * From this share on the run alone is believed. Its first tenth is slower than the rest: devices of strategies whose turn
 * comes later are started within it, and code is not warm.
 */
const BELIEVED = 0.2;
/** Less says nothing by itself. */
const LEAST = 0.01;

/**
 * @param done Of all of it, 0 … 1.
 * @param foretold Seconds that all of it was thought to take; null where nothing was.
 * @returns Seconds; null where neither is known.
 */
export function secondsLeft(shown: Shown, done: number, foretold: number | null): number | null {
  const { share, seconds } = shown;
  const told = share > 0 ? seconds / share : null;
  if (told === null || (foretold === null && share < LEAST))
    return foretold === null ? null : foretold * (1 - done);
  const weight = foretold === null ? 1 : Math.min(1, share / BELIEVED);
  return (weight * told + (1 - weight) * (foretold ?? 0)) * (1 - done);
}
