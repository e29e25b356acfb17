import type { WorkClock } from '../../devices/pauses.ts';

/** What a rank reports of a turn. */
export interface ExchangeTurnResult {
  /** Per step: loss summed over the samples this rank saw. Empty where a rank sees none. */
  readonly losses: Float32Array;
  /** Mean over the turn of the loss of an objective that is the rank's alone; absent where all work for one. */
  readonly own?: number;
  readonly clock: WorkClock;
}
