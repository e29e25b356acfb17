import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { unpack } from './gzip.ts';
import { gzipped, idxImages, idxLabels, madeUpFile } from './testing.ts';

const refusal = async (bytes: Uint8Array, limit?: number): Promise<DataError> => {
  const options = limit === undefined ? { file: 'x.gz' } : { file: 'x.gz', limit };
  const error = await unpack(bytes, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
};

describe('unpacking', () => {
  const raw = madeUpFile('emnist-balanced', 'train-images', 200);

  it('returns what was packed, whatever size was expected', async () => {
    const packed = await gzipped(raw);
    for (const expected of [1, raw.length, raw.length * 3]) {
      expect(Buffer.compare(await unpack(packed, { file: 'x', expected }), raw)).toBe(0);
    }
  });

  it('tells how far it is, up to the end', async () => {
    const loaded: number[] = [];
    await unpack(await gzipped(raw), { file: 'x', onProgress: (bytes) => loaded.push(bytes) });
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.toSorted((a, b) => a - b)).toEqual(loaded);
    expect(loaded.at(-1)).toBe(raw.length);
  });

  it('accepts a file that was unpacked on the way', async () => {
    expect(await unpack(raw, { file: 'x' })).toBe(raw);
    const labels = idxLabels([1, 2, 3]);
    expect(await unpack(labels, { file: 'x' })).toBe(labels);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const unpacking = unpack(await gzipped(raw), {
      file: 'x',
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('Enough.')),
    });
    await expect(unpacking).rejects.toThrow('Enough.');
  });
});

describe('refusals', () => {
  const raw = madeUpFile('emnist-balanced', 'train-images', 50);

  it('of an empty file', async () => expect((await refusal(new Uint8Array())).code).toBe('empty-file'));

  it('of a web page', async () => {
    const page = new TextEncoder().encode('<html lang="en"><body>Sign in');
    expect((await refusal(page)).code).toBe('html');
  });

  it('of anything else, naming the bytes found and expected', async () => {
    const { code, message } = await refusal(Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    expect(code).toBe('not-packed');
    expect(message).toContain('89 50 4e 47');
    expect(message).toContain('1f 8b');
  });

  it('of gzip cut short anywhere', async () => {
    const packed = await gzipped(raw);
    for (const length of [3, 12, 500, packed.length >> 1, packed.length - 9]) {
      const { code, message } = await refusal(packed.subarray(0, length));
      expect(code, `cut to ${length} bytes`).toBe('broken-gzip');
      expect(message).toContain(`x.gz is cut short or damaged: ${length.toLocaleString('en')} bytes`);
    }
  });

  it('of gzip without its checksum, or with a wrong one', async () => {
    const packed = await gzipped(raw);
    expect((await refusal(packed.subarray(0, packed.length - 4))).code).toBe('broken-gzip');
    const wrong = packed.slice();
    wrong[wrong.length - 6] ^= 1;
    expect((await refusal(wrong)).code).toBe('broken-gzip');
  });

  it('of a small file that unpacks to a huge one', async () => {
    const bomb = await gzipped(idxImages(new Uint8Array(5_000_000), 6000));
    expect(bomb.length).toBeLessThan(10_000);
    expect((await refusal(bomb, 1_000_000)).code).toBe('unpacks-too-large');
  });
});
