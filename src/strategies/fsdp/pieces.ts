/** In which pieces a fully sharded network evaluates images. */
import { inputSize, outputSize } from '../../network/layers/layers.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import type { NetworkSpec } from '../../network/spec.ts';

/** Bytes of activations that a device may hold between two layers. Each piece gathers all layers once more. */
const MOST_BYTES = 32 * 2 ** 20;

export interface Pieces {
  /** Images of a piece, at most: whole batches, at least one. */
  readonly size: number;
  /** The same number on every device, because all take part in every gather. */
  readonly count: number;
}

/**
 * @param batch Samples that a device takes at once.
 * @param images Of all devices together.
 */
export function evaluationPieces(
  network: NetworkSpec,
  batch: number,
  images: number,
  devices: number,
): Pieces {
  // Images lie on the device; all that follows comes from the layer before and goes to the next.
  const widest = Math.max(
    ...network.map((layer, index) => (index === 0 ? 0 : inputSize([layer])) + outputSize([layer])),
  );
  const size = batch * Math.max(1, Math.floor(MOST_BYTES / (FLOAT_BYTES * widest * batch)));
  return { size, count: Math.max(1, Math.ceil(Math.ceil(images / devices) / size)) };
}
