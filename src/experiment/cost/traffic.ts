/** Bytes between devices, by closed forms. SIL's training row needs none: it is 0. */
import { FLOAT_BYTES } from './stage.ts';

/** Bytes that cross all cuts when activations of `samples` samples go forward. */
export function forwardBytes(boundaryWidths: readonly number[], samples: number): number {
  return FLOAT_BYTES * samples * boundaryWidths.reduce((sum, width) => sum + width, 0);
}

/** Evaluation along a chain of devices: at each cut an image's activations and its class, a byte, go on to the next. */
export const evaluationBytes = (boundaryWidths: readonly number[], images: number): number =>
  forwardBytes(boundaryWidths, images) + images * boundaryWidths.length;

/** Bytes per step where activations go forward and their gradients back: model and pipeline parallelism. */
export function exchangeBytesPerStep(boundaryWidths: readonly number[], batch: number): number {
  return exchangeBytesAtCuts(boundaryWidths, batch).reduce((sum, bytes) => sum + bytes, 0);
}

/** The same cut by cut, for any number of samples: what crosses there in both directions together. */
export const exchangeBytesAtCuts = (boundaryWidths: readonly number[], samples: number): number[] =>
  boundaryWidths.map((width) => 2 * FLOAT_BYTES * samples * width);
