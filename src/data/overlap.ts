/** Images that are in both splits: accuracy on them is no measure of learning. */
import type { SplitData } from './dataset.ts';

/** FNV-1a over words where they are aligned, else over bytes. */
function hash(values: Uint8Array | Uint32Array, start: number, length: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < start + length; i++) value = Math.imul(value ^ values[i], 0x01000193);
  // Low bits of the last words alone would leave the high ones unmixed.
  return (value ^ (value >>> 15)) >>> 0;
}

/** Test images that are byte for byte among the training images. */
export function sharedImages(train: SplitData, test: SplitData, pixels: number): number {
  const aligned = [train, test].every(({ images }) => pixels % 4 === 0 && images.byteOffset % 4 === 0);
  const viewOf = ({ images }: SplitData) =>
    aligned ? new Uint32Array(images.buffer, images.byteOffset, images.length / 4) : images;
  const length = aligned ? pixels / 4 : pixels;
  const [seen, asked] = [viewOf(train), viewOf(test)];
  const waiting = new Map<number, number[]>();
  for (let n = 0; n < test.count; n++) {
    const key = hash(asked, n * length, length);
    const same = waiting.get(key);
    if (same) same.push(n);
    else waiting.set(key, [n]);
  }
  let shared = 0;
  for (let n = 0; n < train.count && waiting.size > 0; n++) {
    const key = hash(seen, n * length, length);
    const candidates = waiting.get(key);
    if (!candidates) continue;
    const others = candidates.filter((t) => {
      for (let i = 0; i < length; i++) if (seen[n * length + i] !== asked[t * length + i]) return true;
      return false;
    });
    shared += candidates.length - others.length;
    if (others.length > 0) waiting.set(key, others);
    else waiting.delete(key);
  }
  return shared;
}
