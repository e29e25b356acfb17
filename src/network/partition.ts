import { outputSize, type LayerSpec } from './layers/layers.ts';
import type { NetworkSpec } from './spec.ts';

/** A contiguous run of layers that lives on one device. */
export interface Partition {
  /** Rank of its device, 0 … P − 1. */
  readonly rank: number;
  /** Index of its first layer in the whole network. */
  readonly firstLayer: number;
  readonly layers: readonly LayerSpec[];
}

/**
 * Cuts a network after the given layers.
 *
 * @param cuts Strictly increasing; cut `c` lies between layer c and layer c + 1, counting layers from 1, so
 *   1 ≤ c < number of layers.
 */
export function partition(network: NetworkSpec, cuts: readonly number[]): Partition[] {
  cuts.forEach((cut, index) => {
    if (!Number.isInteger(cut) || cut < 1 || cut >= network.length || (index > 0 && cut <= cuts[index - 1])) {
      throw new RangeError(
        `Cuts must be increasing whole numbers from 1 to ${network.length - 1}, but found ${cuts.join(', ')}.`,
      );
    }
  });
  const bounds = [0, ...cuts, network.length];
  return bounds.slice(1).map((end, rank) => ({
    rank,
    firstLayer: bounds[rank],
    layers: network.slice(bounds[rank], end),
  }));
}

/** Numbers a sample at each cut: the length of a synthetic label there. */
export function boundaryWidths(network: NetworkSpec, cuts: readonly number[]): number[] {
  return cuts.map((cut) => outputSize([network[cut - 1]]));
}
