import type { Interconnect } from '../contract.ts';

/** Stages that learn by heads of their own, on machines of their own. Times in seconds. */
export interface Chain {
  /** What each stage computes in a step, and how much of it before its activations go out. */
  readonly stages: readonly { readonly forward: number; readonly all: number }[];
  /** Per cut: how long a batch's activations occupy the link. */
  readonly transfers: readonly number[];
  /** Until the first byte of a message arrives, and until the word that a step is done does. */
  readonly latency: Interconnect['latency'];
  /** Steps that a stage may be behind the one before it. */
  readonly lag: number;
}

/**
 * Seconds from one step to the next, once they follow each other evenly. What holds a step up is a stage's own computing,
 * a link's own sending, or two neighbours: forward there, the way, all of it here, the way back, for `lag` + 1 steps at
 * once. Longer ways round have no more to wait for than the slowest pair on them.
 */
export function stepTime({ stages, transfers, latency, lag }: Chain): number {
  const pairs = transfers.map(
    (transfer, cut) => (stages[cut].forward + transfer + stages[cut + 1].all + 2 * latency) / (lag + 1),
  );
  return Math.max(...stages.map(({ all }) => all), ...transfers, ...pairs);
}
