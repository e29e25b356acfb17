/** Interleaved rounds: every contender in turn, again and again, so that a slow minute hits them all alike. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @param values At least one. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median =
    sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** Runs steps and waits until they are done. It has run before: whatever it compiles is compiled. */
export type Contestant = (steps: number) => Promise<unknown>;

export interface RoundOptions {
  /** Rounds to run. */
  readonly rounds: number;
  /** Seconds one measurement should take, from which the number of steps follows. */
  readonly seconds: number;
  /** Seconds after which a contestant sits out the remaining rounds (it always has one result). */
  readonly budget: number;
}

/** @returns Steps per second of each contestant, round by round. */
export async function interleave(
  contestants: readonly Contestant[],
  { rounds, seconds, budget }: RoundOptions,
  now: () => number = () => performance.now() / 1000,
): Promise<number[][]> {
  const spent = contestants.map(() => 0);
  const time = async (index: number, steps: number) => {
    const start = now();
    await contestants[index](steps);
    const elapsed = now() - start;
    spent[index] += elapsed;
    return elapsed;
  };
  const results: number[][] = contestants.map(() => []);
  const steps = contestants.map(() => 1);
  for (let i = 0; i < contestants.length; i++) {
    let elapsed = await time(i, 1);
    // Grow until the clock can tell; browsers round it to 0.1 ms.
    while (elapsed < seconds / 8) elapsed = await time(i, (steps[i] *= 4));
    // One step that takes longer than a measurement should is a measurement.
    if (elapsed > seconds) results[i].push(steps[i] / elapsed);
    else steps[i] = Math.max(1, Math.round((steps[i] * seconds) / elapsed));
  }
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contestants.length; i++) {
      if (results[i].length > round || (results[i].length > 0 && spent[i] > budget)) continue;
      results[i].push(steps[i] / (await time(i, steps[i])));
    }
  }
  return results;
}
