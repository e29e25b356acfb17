/** Sends a device the images it trains on. */
import type { Split } from '../engines/contract.ts';
import type { Device } from './device.ts';

/** Bytes copied at once: a millisecond's work. All of a data set's would hold the page's thread for many frames. */
const PIECE = 1 << 20;

interface SplitImages {
  /** `[samples, pixels]`, copied. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Gives them to a stage, which reads them by itself. */
export async function loadImages(
  { remote }: Pick<Device, 'remote'>,
  stage: string,
  split: Split,
  { images, labels }: SplitImages,
): Promise<void> {
  await sendPieces(remote, split, images);
  await remote.load(stage, split, labels);
}

/** Leaves them on the device for programs to read. */
export async function keepImages(
  { remote }: Pick<Device, 'remote'>,
  split: Split,
  { images, labels }: SplitImages,
): Promise<void> {
  await sendPieces(remote, split, images);
  await remote.keep(split, labels);
}

async function sendPieces(remote: Device['remote'], split: Split, images: Uint8Array): Promise<void> {
  for (let from = 0; from < images.length; from += PIECE) {
    // A copy of the piece: what is sent of a view is all of its buffer.
    await remote.piece(split, images.slice(from, from + PIECE), from, images.length);
  }
}
