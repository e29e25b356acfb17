import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { unpack, unpackStart } from './gzip.ts';
import { gzipped, idxLabels, madeUpFile } from './testing.ts';

const refusal = async (bytes: Uint8Array): Promise<DataError> => {
  const error = await unpack(bytes, { file: 'x.gz' }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
};

describe('unpacking', () => {
  const raw = madeUpFile('emnist-balanced', 'train-images', 200);

  it('returns what was packed', async () => {
    expect(Buffer.compare(await unpack(await gzipped(raw), { file: 'x' }), raw)).toBe(0);
  });

  it('reads files of several members (pigz, bgzip, cat), empty ones among them, and padding by zeros', async () => {
    const members = [raw.subarray(0, 7), raw.subarray(7, 90_000), new Uint8Array(), raw.subarray(90_000)];
    const packed = Buffer.concat(await Promise.all(members.map(gzipped)));
    for (const padding of [0, 1, 512]) {
      const trailing: number[] = [];
      const bytes = new Uint8Array(Buffer.concat([packed, Buffer.alloc(padding)]));
      const unpacked = await unpack(bytes, { file: 'x', onTrailing: (count) => trailing.push(count) });
      expect(Buffer.compare(unpacked, raw)).toBe(0);
      expect(trailing).toEqual([]);
    }
  });

  it('tells of bytes after the end that are neither', async () => {
    const trailing: number[] = [];
    const bytes = new Uint8Array(Buffer.concat([await gzipped(raw), Buffer.from('\0\0notes')]));
    const unpacked = await unpack(bytes, { file: 'x', onTrailing: (count) => trailing.push(count) });
    expect(Buffer.compare(unpacked, raw)).toBe(0);
    expect(trailing).toEqual([5]);
  });

  it('gives the first bytes of a file from its beginning alone', async () => {
    const packed = await gzipped(raw);
    expect(unpackStart(packed.subarray(0, 2000))).toEqual(raw.subarray(0, 16));
    expect(unpackStart(raw)).toEqual(raw.subarray(0, 16));
    expect(unpackStart(packed.subarray(0, 12))).toHaveLength(0);
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

  it('of a small file that unpacks to more than its header says, where its own size ends', async () => {
    const loaded: number[] = [];
    const packed = await gzipped(
      idxLabels(
        Array.from({ length: 5_000_000 }, () => 0),
        3,
      ),
    );
    expect(packed.length).toBeLessThan(10_000);
    const error = await unpack(packed, { file: 'x.gz', onProgress: (bytes) => loaded.push(bytes) }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'trailing-bytes' });
    expect(loaded).toEqual([]);
  });

  it('of a header that asks for more labels than anyone has, before anything is unpacked', async () => {
    const { code, message } = await refusal(
      await gzipped(
        idxLabels(
          Array.from({ length: 20 }, () => 1),
          200_000_000,
        ),
      ),
    );
    expect(code).toBe('announces-too-much');
    expect(message).toContain('200,000,008 bytes of labels');
  });

  it('of several members of which the last is cut short', async () => {
    const members = await Promise.all([raw.subarray(0, 1000), raw.subarray(1000)].map(gzipped));
    const packed = new Uint8Array(Buffer.concat(members));
    expect((await refusal(packed.subarray(0, packed.length - 3))).code).toBe('broken-gzip');
  });
});
