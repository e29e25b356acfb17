import { wordAt } from '../network/random.ts';
import type { Swap } from './contract.ts';

/** What 24 random bits have to be below: enough of them for any share, and all of them can be meant. */
export const swapBelow = (swap: Swap | undefined): number => Math.round((swap?.share ?? 0) * 2 ** 24);

/**
 * The class whose vector a stage in training is shown, as the contract has it.
 * @param sample `step · batch + place in the batch`, @param own The sample's class.
 */
export function shownClass(swap: Swap, sample: number, own: number, classes: number): number {
  const index = Math.imul(2, sample);
  if (wordAt(swap.key, index) >>> 8 >= swapBelow(swap)) return own;
  return wordAt(swap.key, index + 1) % classes;
}
