/**
 * Labels that carry: some units at a cut hold the class's vector, the others a fixed random projection of the image, which
 * one linear layer can learn to answer. Both sides of the cut make it from the seed and their own images, so that it is
 * never sent; and what a partition behind it cannot do from the class alone, it does from the image.
 */
import { countParameters, type LayerSpec } from '../../network/layers/layers.ts';
import { Random, streamKey, type StreamKey } from '../../network/random.ts';
import { rms, type LabelTable } from '../table.ts';

/** Units that hold the class's vector, from the first on. At least one of the others where any share carries. */
export const codedUnits = (width: number, carry: number): number =>
  carry > 0 ? width - Math.max(1, Math.round(carry * width)) : width;

export interface CarriedSpec {
  readonly pixels: number;
  /** Units at the cut, and how many of them hold the class's vector. */
  readonly width: number;
  readonly coded: number;
  /** Root mean square of what is carried. */
  readonly size: number;
  readonly seed: number;
  readonly cutIndex: number;
}

/**
 * How large what is carried is: as the class vectors' entries, so that neither outweighs the other.
 * @param scale Of the labels, where there are no such vectors.
 */
export const carriedSize = (table: LabelTable | null, scale: number): number =>
  (table === null ? 0 : rms(table)) || scale;

/** The layer that makes what is carried of an image: x · R, and 0 where the class's vector lies. */
export const carriedLayer = ({ pixels, width }: Pick<CarriedSpec, 'pixels' | 'width'>): LayerSpec => ({
  kind: 'dense',
  inputs: pixels,
  outputs: width,
  activation: 'linear',
});

/**
 * Its parameters, flat: independent Gaussian numbers, so small that standardised images give answers of rms `size`. In
 * pieces, for a thread that has other things to do.
 */
export function* carriedParameters({
  pixels,
  width,
  coded,
  size,
  seed,
  cutIndex,
}: CarriedSpec): Generator<void, Float32Array<ArrayBuffer>> {
  const flat = new Float32Array(countParameters([carriedLayer({ pixels, width })]));
  const factor = size / Math.sqrt(pixels);
  for (let unit = coded; unit < width; unit++) {
    const random = Random.for(seed, 'carried', cutIndex, unit);
    for (let pixel = 0; pixel < pixels; pixel++) flat[pixel * width + unit] = factor * random.normal();
    yield;
  }
  return flat;
}

/** Class vectors over what is carried: 0 where that lies. */
export function overCarried(table: LabelTable, width: number): LabelTable {
  const values = new Float32Array(table.classes * width);
  for (let label = 0; label < table.classes; label++) {
    const row = table.values.subarray(label * table.width, (label + 1) * table.width);
    values.set(row, label * width);
  }
  return { classes: table.classes, width, values };
}

/** The stream of the classes that are swapped in what the partition of this rank (1 …) trains on. */
export const swapKey = (seed: number, rank: number): StreamKey => streamKey(seed, 'swap', rank);
