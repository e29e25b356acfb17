/**
 * How arrays lie in linear memory (the kernels' side of it is in `kernels/tiles.ts`).
 *
 * - Units are padded to a multiple of 8, samples to a multiple of 4; padding units are always 0.
 * - Activations are in quads: `[units / 4][samples][4]`.
 * - Parameters lie as their layer's kernels want them (`layers/`); gradients and moments lie the same way.
 */
export const FLOAT_BYTES = 4;

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** A layer's width as it is stored. */
export const paddedUnits = (units: number): number => roundUp(units, 8);

/** Quads that a layer's width is stored in. */
export const quads = (units: number): number => paddedUnits(units) / 4;

/** A batch's size as it is stored. */
export const paddedSamples = (samples: number): number => roundUp(samples, 4);

/** Bytes of the activations of `units` units of a batch. */
export const quadBytes = (units: number, samples: number): number =>
  paddedUnits(units) * paddedSamples(samples) * FLOAT_BYTES;

/**
 * Copies between rows `[count, units]` and quads with room for `samples` samples. Writing quads also clears the
 * padding units, and the padding samples that follow the last one.
 */
export function copyRows(
  rows: Float32Array,
  units: number,
  count: number,
  quads: Float32Array,
  samples: number,
  direction: 'in' | 'out',
): void {
  const room = paddedSamples(samples) * 4;
  if (direction === 'in') {
    for (let first = 0; first < paddedUnits(units); first += 4) {
      quads.fill(0, (first / 4) * room, (first / 4) * room + paddedSamples(count) * 4);
    }
  }
  for (let n = 0; n < count; n++) {
    const row = n * units;
    for (let first = 0, at = n * 4; first < units; first += 4, at += room) {
      const lanes = Math.min(4, units - first);
      if (direction === 'in') for (let j = 0; j < lanes; j++) quads[at + j] = rows[row + first + j];
      else for (let j = 0; j < lanes; j++) rows[row + first + j] = quads[at + j];
    }
  }
}
