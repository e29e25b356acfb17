/**
 * Broken files, thousands of them: each is refused in a sentence or gives the very data, but for bytes of an unpacked file,
 * which carries no checksum.
 */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Random } from '../network/random.ts';
import { DataError } from './errors.ts';
import { unpack } from './gzip.ts';
import { decodeImages, decodeLabels } from './idx.ts';
import { UPRIGHT } from './orientation.ts';
import { gzipped, idxLabels, madeUpFile } from './testing.ts';
import { readZip } from './zip.ts';

/** A byte changed, bytes cut from the end, taken out or put in twice. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const below = (limit: number) => Math.floor(random.uniform() * limit);
  const at = below(bytes.length);
  const sort = below(8);
  if (sort === 0) return bytes.slice(0, at);
  const length = 1 + below(20);
  if (sort === 1) return new Uint8Array(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]));
  if (sort === 2) {
    return new Uint8Array(Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]));
  }
  const changed = bytes.slice();
  changed[at] ^= 1 + below(255);
  return changed;
}

/** What comes out, or null where it is refused as it should be. */
async function accepted(read: () => Promise<Uint8Array>): Promise<Uint8Array | null> {
  try {
    return await read();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).toMatch(/^\S.*\.$/s);
    return null;
  }
}

const IMAGES = madeUpFile('mnist', 'train-images', 3);
const LABELS = idxLabels(Array.from({ length: 60 }, (_, n) => n % 10));
const images = async (bytes: Uint8Array) =>
  decodeImages(await unpack(bytes, { file: 'x' }), 'x', { orientation: UPRIGHT });
const labels = async (bytes: Uint8Array) =>
  decodeLabels(await unpack(bytes, { file: 'x' }), 'x', { firstLabel: 0, classes: 10 });

describe('broken files', () => {
  it.each([
    ['images in gzip', IMAGES, images],
    ['labels in gzip', LABELS, labels],
  ])('%s: 2,000 of them, none gives other data', async (name, raw, decode) => {
    const random = Random.for(1, name);
    const packed = await gzipped(raw);
    const right = await decode(raw);
    for (let n = 0; n < 2000; n++) {
      const found = await accepted(() => decode(mutate(packed, random)));
      if (found) expect(Buffer.compare(found, right), `mutation ${n}`).toBe(0);
    }
  });

  it('images unpacked: 2,000 of them, none gives another number of images, or more than the changed byte', async () => {
    const random = Random.for(2, 'unpacked');
    const right = await images(IMAGES);
    let differing = 0;
    for (let n = 0; n < 2000; n++) {
      const bytes = mutate(IMAGES, random);
      const found = await accepted(() => images(bytes));
      if (!found) continue;
      expect(found.length).toBe(right.length);
      const others = found.reduce((sum, value, i) => sum + (value === right[i] ? 0 : 1), 0);
      expect(others).toBeLessThanOrEqual(1);
      differing += others;
    }
    expect(differing).toBeGreaterThan(500);
  });

  it('archives: 500 of them, none gives other bytes under the same name', async () => {
    const random = Random.for(3, 'zip');
    const packed = await gzipped(LABELS);
    const zip = zipSync({ 'a.gz': [packed, { level: 0 }], 'b.idx': [LABELS, { level: 6 }] });
    for (let n = 0; n < 500; n++) {
      const broken = new Blob([mutate(zip, random) as Uint8Array<ArrayBuffer>]);
      await accepted(async () => {
        for (const entry of await readZip(broken, 'x.zip')) {
          const bytes = await accepted(() => entry.read());
          const right = { 'a.gz': packed, 'b.idx': LABELS }[entry.path];
          if (bytes && right) expect(Buffer.compare(bytes, right), `mutation ${n}`).toBe(0);
        }
        return LABELS;
      });
    }
  });
});
