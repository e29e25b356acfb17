import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { datasetDigest, sha256 } from './digest.ts';

const bytes = (length: number, factor = 31) => Uint8Array.from({ length }, (_, i) => (i * factor) & 255);
const split = (count: number, factor?: number) => ({
  images: bytes(count * 4, factor),
  labels: bytes(count, factor),
  count,
});
const DATA = { side: 2, pixels: 4, classes: 5, train: split(30), test: split(10) };

describe('the digest of a data set', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is the same where the content is, and another wherever a byte or a shape differs', async () => {
    const digest = await datasetDigest(DATA);
    expect(await datasetDigest(structuredClone(DATA))).toBe(digest);
    const one = structuredClone(DATA);
    one.test.labels[9] ^= 1;
    const others = [
      one,
      { ...DATA, classes: 6 },
      { ...DATA, side: 4, pixels: 1 },
      { ...DATA, train: DATA.test, test: DATA.train },
      { ...DATA, train: split(30, 7) },
    ];
    const digests = await Promise.all(others.map(datasetDigest));
    expect(new Set([digest, ...digests]).size).toBe(others.length + 1);
  });

  it('looks at every byte of what is longer than a piece', async () => {
    const long = { ...DATA, train: { ...DATA.train, images: new Uint8Array((1 << 24) + 3) } };
    const digest = await datasetDigest(long);
    long.train.images[(1 << 24) + 2] = 1;
    expect(await datasetDigest(long)).not.toBe(digest);
  });

  it('is the same on a page that has no crypto.subtle', async () => {
    const digest = await datasetDigest(DATA);
    const file = bytes(100_000);
    vi.stubGlobal('crypto', {});
    expect(await datasetDigest(DATA)).toBe(digest);
    expect(await sha256(file)).toBe(createHash('sha256').update(file).digest('hex'));
  });
});
