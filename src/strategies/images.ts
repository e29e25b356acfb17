/** How images are read, and which of them a turn trains on: that follows from the seed, so none of them travels. */
import type { ImageSource, Source } from '../engines/contract.ts';
import { epochOrder, turnImages, type Turn } from '../experiment/schedule.ts';

/** A stage's input where that is images. */
export const imageSource = ({ pixels, scale, shift }: ImageSource): Source => ({
  kind: 'images',
  pixels,
  scale,
  shift,
});

export interface ImageFeed {
  readonly seed: number;
  /** Training images in all. */
  readonly samples: number;
  readonly turn: Turn;
  /** The epoch whose order is used: it counts on through recovery, where `turn` starts anew. */
  readonly shuffle: number;
  /** Indices of the turn's images, where their order follows from the classes of all, which not every device has. */
  readonly images?: Uint32Array;
}

let cached: { key: string; order: Uint32Array } | null = null;

/** The epoch's order, kept between the turns of an epoch. */
function orderOf({ seed, shuffle, samples }: ImageFeed): Uint32Array {
  const key = `${seed}/${shuffle}/${samples}`;
  if (cached?.key !== key) cached = { key, order: epochOrder(seed, shuffle, samples) };
  return cached.order;
}

/** Indices of the turn's images, batch after batch. */
export function imagesOf(feed: ImageFeed, batch: number): Uint32Array {
  return feed.images ?? turnImages(feed.turn, orderOf(feed), batch);
}
