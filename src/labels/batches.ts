/**
 * What a later partition trains on: batches of synthetic labels, made from the seed alone. It needs no images, not even to
 * know which classes come when.
 *
 * Everything follows from (seed, rank, absolute step), so that any range of steps can be made at any time, in chunks of
 * any size, with the same result.
 */
import { MIXES, type Mix } from './mixes.ts';
import { MIXTURE, type FillRequest, type LabelBatches } from './mixes/mix.ts';

export { MIXTURE, type LabelBatches };

export interface LabelBatchesRequest extends FillRequest {
  readonly mix: Mix;
}

/** The synthetic inputs of steps `from` … `to − 1`, `batch` samples each. */
export function labelBatches(request: LabelBatchesRequest): LabelBatches {
  const { classes, batch, from, to, mix } = request;
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(
      `Labels need 1 to 256 classes, because a class travels as a byte, but found ${classes}.`,
    );
  }
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from)) {
    throw new RangeError(`Steps must be whole numbers from 0 up, in order, but found ${from} to ${to}.`);
  }
  const count = (to - from) * batch;
  const batches: LabelBatches = {
    kind: 'labels',
    classes: new Uint8Array(count * MIXTURE),
    weights: new Float32Array(count * MIXTURE),
    targets: new Uint8Array(count),
  };
  MIXES[mix].fill(request, batches);
  return batches;
}
