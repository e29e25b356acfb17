/** What a partition minimises whose output is to be its class's label vector. */
import type { LabelLoss } from '../network/reference.ts';

export type { LabelLoss };

/** Squared distance a unit by which a class falls behind by a factor of e: vectors of two classes lie 0.7 to 2 apart. */
export const TEMPERATURE = 0.05;

/**
 * @param reduction Of the squared distance. The sum is the mean × width; the cross-entropy keeps its share of the whole.
 * @param hybrid Weight of the cross-entropy beside the mean squared distance.
 * @param width Units of a label vector.
 */
export function labelLoss(reduction: 'mean' | 'sum', hybrid: number, width: number): LabelLoss {
  const scale = reduction === 'mean' ? 1 / width : 1;
  return { scale, weight: hybrid * scale * width, sharpness: 1 / (TEMPERATURE * width) };
}
