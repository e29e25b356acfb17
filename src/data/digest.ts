/** SHA-256: of a file's bytes, to tell NIST's own files from others; of a data set, to tell one from another. */
import type { Dataset, SplitData } from './dataset.ts';

/** Lowercase hexadecimal. A page served over plain http has no `crypto.subtle`: there a library hashes, slower. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  const digest = subtle
    ? new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
    : (await import('@noble/hashes/sha2.js')).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `crypto.subtle` copies what it digests, and ByClass alone is 547 MB. */
const PIECE = 1 << 24;

/**
 * What a data set is, in 64 digits: SHA-256 over its shapes and the SHA-256 of every 16 MiB of the images and of the
 * labels, training before test. Names, characters and where it came from do not count.
 */
export async function datasetDigest({
  side,
  pixels,
  classes,
  train,
  test,
}: Pick<Dataset, 'side' | 'pixels' | 'classes' | 'train' | 'test'>): Promise<string> {
  const lines = [`${side} ${pixels} ${classes} ${train.count} ${test.count}`];
  for (const { images, labels } of [train, test] satisfies SplitData[]) {
    for (const bytes of [images, labels]) {
      for (let start = 0; start < bytes.length; start += PIECE) {
        lines.push(await sha256(bytes.subarray(start, start + PIECE)));
      }
    }
  }
  return sha256(new TextEncoder().encode(lines.join('\n')));
}
