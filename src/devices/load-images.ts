/** Sends a device the images it trains on. */
import type { Split } from '../engines/contract.ts';
import type { Device } from './device.ts';

/** Bytes copied at once: a millisecond's work. All of a data set's would hold the page's thread for many frames. */
const PIECE = 1 << 20;

/** @param images `[samples, pixels]`, copied. */
export async function loadImages(
  { remote }: Pick<Device, 'remote'>,
  stage: string,
  split: Split,
  { images, labels }: { readonly images: Uint8Array; readonly labels: Uint8Array },
): Promise<void> {
  for (let from = 0; from < images.length; from += PIECE) {
    // A copy of the piece: what is sent of a view is all of its buffer.
    await remote.piece(split, images.slice(from, from + PIECE), from, images.length);
  }
  await remote.load(stage, split, labels);
}
