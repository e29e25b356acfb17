import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { readZip } from './zip.ts';

const text = (words: string) => new TextEncoder().encode(words);
const blobOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const CONTENT: Zippable = {
  'gzip/a.gz': [text('stored as it is'), { level: 0 }],
  'gzip/b.gz': [text('deflated '.repeat(5000)), { level: 6 }],
};

const refusal = async (run: Promise<unknown>): Promise<DataError> => {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
};

describe('a ZIP', () => {
  it('gives its files, stored or deflated', async () => {
    const entries = await readZip(blobOf(zipSync(CONTENT)), 'gzip.zip');
    expect(entries.map(({ path }) => path)).toEqual(['gzip/a.gz', 'gzip/b.gz']);
    expect(await entries[0].read()).toEqual(text('stored as it is'));
    expect(await entries[1].read()).toEqual(text('deflated '.repeat(5000)));
  });

  it('is found behind a comment', async () => {
    const zip = zipSync(CONTENT);
    const commented = new Uint8Array(zip.length + 300);
    commented.set(zip);
    expect(await readZip(blobOf(commented), 'gzip.zip')).toHaveLength(2);
  });

  it('is read at the ends of its parts only', async () => {
    const zip = zipSync({ 'big.gz': [new Uint8Array(300_000), { level: 0 }], ...CONTENT });
    let read = 0;
    const counted = {
      size: zip.length,
      slice: (start: number, end: number) => {
        read += Math.min(end, zip.length) - start;
        return blobOf(zip).slice(start, end);
      },
    };
    const entries = await readZip(counted, 'gzip.zip');
    await entries.find(({ path }) => path === 'gzip/a.gz')?.read();
    // The tail that may hold a comment (65,557 bytes), the list, one local header and 15 bytes.
    expect(read).toBeLessThan(66_500);
  });

  it('is refused when it is cut short or no ZIP at all', async () => {
    const zip = zipSync(CONTENT);
    for (const bytes of [zip.subarray(0, zip.length - 30), text('not a zip'), new Uint8Array()]) {
      const { code, message } = await refusal(readZip(blobOf(bytes), 'gzip.zip'));
      expect(code).toBe('zip-no-contents');
      expect(message).toContain('gzip.zip');
    }
  });

  it('refuses its files when its beginning is missing', async () => {
    const entries = await readZip(blobOf(zipSync(CONTENT).subarray(60)), 'gzip.zip');
    expect((await refusal(entries[0].read())).code).toBe('zip-damaged');
  });

  it('may have a comment that looks like an end', async () => {
    const zip = Buffer.from(zipSync(CONTENT));
    const comment = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
    zip.writeUInt16LE(comment.length, zip.length - 2);
    const entries = await readZip(blobOf(new Uint8Array(Buffer.concat([zip, comment]))), 'gzip.zip');
    expect(entries.map(({ path }) => path)).toEqual(['gzip/a.gz', 'gzip/b.gz']);
  });

  it('may say sizes and places in its 64-bit extra fields only', async () => {
    const { ZipWriter, Uint8ArrayWriter, Uint8ArrayReader } = await import('@zip.js/zip.js');
    const writer = new ZipWriter(new Uint8ArrayWriter(), { zip64: true, useWebWorkers: false });
    await writer.add('A.GZ', new Uint8ArrayReader(text('sixty-four '.repeat(100))));
    const zip = await writer.close();
    // The directory's own fields hold no size.
    const directory = Buffer.from(zip).indexOf('PK\x01\x02', 0, 'latin1');
    expect(Buffer.from(zip).readUInt32LE(directory + 24)).toBe(0xffffffff);
    const [entry] = await readZip(blobOf(zip), 'gzip.zip');
    expect(entry).toMatchObject({ path: 'A.GZ', size: 1100 });
    expect(await entry.read()).toEqual(text('sixty-four '.repeat(100)));
    expect(await entry.start(5)).toEqual(text('sixty'));
  });

  it('refuses a stored file of which a byte changed: its CRC-32 is compared', async () => {
    const zip = zipSync({ 'a.gz': [text('stored as it is'), { level: 0 }] });
    zip[38] ^= 1;
    const [entry] = await readZip(blobOf(zip), 'gzip.zip');
    expect((await refusal(entry.read())).code).toBe('zip-damaged');
  });

  it('refuses a damaged file in it, by name', async () => {
    const zip = zipSync({ 'b.gz': [text('deflated '.repeat(5000)), { level: 6 }] });
    zip.fill(0xff, 40, 60);
    const [entry] = await readZip(blobOf(zip), 'gzip.zip');
    const { code, message } = await refusal(entry.read());
    expect(code).toBe('zip-damaged');
    expect(message).toContain('b.gz in gzip.zip');
  });
});
