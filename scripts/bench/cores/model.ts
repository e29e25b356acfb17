/** What more cores than this machine has would be worth, from what a step and a barrier take here. */
import type { StepParts } from './step-parts.ts';

/** What dividing a kernel's work costs on so many threads. */
export interface Barrier {
  readonly threads: number;
  readonly microseconds: number;
}

/**
 * How many times as fast a step would be: what can be divided is, evenly; what cannot takes as long as ever; and a barrier
 * costs as much for every further thread as it does here. Memory is taken to be no narrower than one thread finds it.
 */
export function modelledSpeedUp(
  { milliseconds, divided, barriers }: StepParts,
  { threads: measured, microseconds }: Barrier,
  threads: number,
): number {
  const barrier = (microseconds / 1000) * ((threads - 1) / (measured - 1));
  const time = milliseconds * (1 - divided + divided / threads) + barriers * barrier;
  return milliseconds / time;
}
