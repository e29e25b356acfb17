import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { checkClasses, checkCounts, decodeImages, decodeLabels, readHeader } from './idx.ts';
import { TRANSPOSED, UPRIGHT } from './orientation.ts';
import { idxImages, idxLabels } from './testing.ts';

const refusal = (run: () => unknown): DataError => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return error as DataError;
  }
  throw new Error('It was accepted.');
};
const expectRefusal = (run: () => unknown, code: string, ...words: string[]) => {
  const error = refusal(run);
  expect(error.code).toBe(code);
  for (const word of words) expect(error.message).toContain(word);
};
const images = (bytes: Uint8Array) => () => decodeImages(bytes, 'pictures.gz', { orientation: TRANSPOSED });
const labels =
  (bytes: Uint8Array, firstLabel = 0, classes = 10) =>
  () =>
    decodeLabels(bytes, 'answers.gz', { firstLabel, classes });

describe('decoding', () => {
  const stored = Uint8Array.from({ length: 2 * 784 }, (_, i) => (i * 7 + (i >> 8)) & 255);

  it('turns transposed images upright: row r, column c comes from column r, row c', () => {
    const upright = images(idxImages(stored, 2))();
    expect(upright.length).toBe(2 * 784);
    for (const [n, r, c] of [
      [0, 0, 0],
      [0, 3, 17],
      [0, 27, 0],
      [1, 0, 27],
      [1, 26, 5],
    ]) {
      expect(upright[n * 784 + r * 28 + c]).toBe(stored[n * 784 + c * 28 + r]);
    }
  });

  it('leaves upright images as they are, in a buffer of their own', () => {
    const bytes = idxImages(stored, 2);
    const upright = decodeImages(bytes, 'pictures', { orientation: UPRIGHT });
    expect(upright).toEqual(stored);
    expect(upright.byteOffset).toBe(0);
    expect(upright.buffer.byteLength).toBe(stored.length);
  });

  it('can turn images where they lie, to the same result', () => {
    const bytes = idxImages(stored, 2);
    const copy = images(bytes)();
    expect(bytes.subarray(16)).toEqual(stored);
    const turned = decodeImages(bytes, 'pictures', { orientation: TRANSPOSED, inPlace: true });
    expect(turned).toEqual(copy);
    expect(turned.buffer).toBe(bytes.buffer);
  });

  it('counts labels from 0', () => {
    expect([...labels(idxLabels([1, 26, 13]), 1, 26)()]).toEqual([0, 25, 12]);
    expect([...labels(idxLabels([0, 9, 4]))()]).toEqual([0, 9, 4]);
  });

  it('reads a header from the first bytes alone', () => {
    expect(readHeader(idxImages(stored, 2).subarray(0, 16), 'x')).toEqual({
      kind: 'images',
      count: 2,
      rows: 28,
      columns: 28,
    });
    expect(readHeader(idxLabels([1, 2, 3]).subarray(0, 8), 'x')).toEqual({ kind: 'labels', count: 3 });
  });
});

describe('refusals', () => {
  const blank = new Uint8Array(784);

  it('of an empty file', () =>
    expectRefusal(images(new Uint8Array()), 'empty-file', 'pictures.gz', '0 bytes'));
  it('of a file with 0 images', () =>
    expectRefusal(images(idxImages(new Uint8Array(), 0)), 'no-entries', '0 images'));
  it('of a web page', () =>
    expectRefusal(
      images(new TextEncoder().encode('\n <!DOCTYPE html><p>Not found')),
      'html',
      'pictures.gz',
      'web page',
    ));
  it('of another magic number', () =>
    expectRefusal(
      images(Uint8Array.from([0, 0, 13, 3, 0, 0, 0, 1])),
      'not-idx',
      'pictures.gz',
      '3331',
      '2051',
      '2049',
    ));
  it('of labels in place of images, and the other way round', () => {
    expectRefusal(images(idxLabels([1, 2])), 'wrong-kind', 'holds labels', '2051');
    expectRefusal(labels(idxImages(blank, 1)), 'wrong-kind', 'holds images', '2049');
  });
  it('of a file that ends in its header', () => {
    expectRefusal(images(idxImages(blank, 1).subarray(0, 11)), 'short-header', '11 bytes', '16');
    expectRefusal(labels(idxLabels([1]).subarray(0, 7)), 'short-header', '7 bytes', '8');
  });
  it('of a file that ends before its last image or label', () => {
    expectRefusal(images(idxImages(blank, 2)), 'truncated', 'pictures.gz', '1,584', '800');
    expectRefusal(labels(idxLabels([1, 2], 3)), 'truncated', 'answers.gz', '3 labels', '11', '10');
  });
  it('of bytes after the end', () => {
    expectRefusal(
      labels(idxLabels([1, 2, 3], 2)),
      'trailing-bytes',
      'answers.gz',
      '10 bytes',
      'more were found',
    );
    expectRefusal(images(idxImages(new Uint8Array(785), 1)), 'trailing-bytes', '800 bytes', '1 images');
  });
  it('of images of another size', () =>
    expectRefusal(images(idxImages(new Uint8Array(1024), 1, 32, 32)), 'image-size', '32×32', '28×28'));
  it('of a header that announces more than memory holds', () =>
    expectRefusal(images(idxImages(blank, 0xffffffff)), 'truncated', '4,294,967,295'));
  it('of labels above and below the range', () => {
    expectRefusal(labels(idxLabels([3, 10])), 'label-range', 'answers.gz', 'label 10', 'number 1', '0 to 9');
    expectRefusal(labels(idxLabels([0, 1]), 1, 26), 'label-range', 'label 0', '1 to 26');
  });
  it('of counts that disagree', () =>
    expectRefusal(() => checkCounts(5, 'a', 6, 'b'), 'counts-disagree', 'a holds 5', 'b holds 6'));
  it('of one class only', () => {
    expectRefusal(
      () => checkClasses(Uint8Array.of(4, 4, 4), 'answers.gz'),
      'one-class',
      'answers.gz',
      '3 labels',
    );
    expect(() => checkClasses(Uint8Array.of(4, 4, 5), 'answers.gz')).not.toThrow();
  });
});
