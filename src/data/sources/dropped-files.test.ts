import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { DatasetId } from '../../experiment/datasets.ts';
import { DataError } from '../errors.ts';
import { unpack } from '../gzip.ts';
import { forgetDataset, loadDataset, loadDroppedFiles } from '../loader.ts';
import { UPRIGHT } from '../orientation.ts';
import { readDropped } from './dropped-files.ts';
import { gzipped, idxImages, idxLabels, madeUpFile, madeUpFiles, memoryCache } from '../testing.ts';

const fileOf = (name: string, bytes: Uint8Array) => new File([bytes as Uint8Array<ArrayBuffer>], name);
const dropped = async (id: DatasetId) =>
  [...(await madeUpFiles(id))].map(([name, bytes]) => fileOf(name, bytes));
/** Said of pictures made of noise. */
const UNLIKE = expect.objectContaining({ sentence: 'unlike-characters' }) as unknown;
const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

const refusal = async (files: readonly File[]): Promise<DataError> => {
  const error = await loadDroppedFiles(files).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
};

describe('dropped files', () => {
  it('under official names are the set that the names say', async () => {
    const dataset = await loadDroppedFiles(await dropped('emnist-letters'));
    expect(dataset).toMatchObject({ id: 'emnist-letters', classes: 26, provenance: { source: 'files' } });
  });

  it('under official names are kept in the browser until they are forgotten', async () => {
    const cache = memoryCache();
    const nothing = async () => new Response('', { status: 404 });
    const dataset = await loadDroppedFiles(await dropped('emnist-letters'), { cache });
    const here = { cache, base: 'http://localhost/', fetch: nothing, download: false };
    const again = await loadDataset('emnist-letters', here);
    expect(again).toMatchObject({ provenance: { source: 'cache' }, digest: dataset.digest });
    expect(Buffer.compare(again.train.images, dataset.train.images)).toBe(0);
    await forgetDataset('emnist-letters', { cache });
    expect(cache.entries.size).toBe(0);
  });

  it('do not take the place of a set that is kept already', async () => {
    const cache = memoryCache();
    await loadDroppedFiles(await dropped('emnist-letters'), { cache });
    const before = new Map(cache.entries);
    await loadDroppedFiles(await dropped('emnist-letters'), { cache });
    expect(cache.entries).toEqual(before);
  });

  it('may be unpacked, and numbered by the browser', async () => {
    const files = await Promise.all(
      (await dropped('emnist-balanced')).map(async (file) =>
        fileOf(file.name.replace(/\.gz$/, ' (1)'), await unpack(await bytesOf(file), { file: file.name })),
      ),
    );
    expect((await loadDroppedFiles(files)).id).toBe('emnist-balanced');
  });

  it('of MNIST are upright already', async () => {
    const stored = madeUpFile('mnist', 'train-images', 120).subarray(16);
    const dataset = await loadDroppedFiles(await dropped('mnist'));
    expect(Buffer.compare(dataset.train.images, stored)).toBe(0);
  });

  it('may be NIST’s archive: Balanced out of it, if it is there, else the set that is', async () => {
    const archive = async (...ids: DatasetId[]) => {
      const sets = await Promise.all(ids.map((id) => madeUpFiles(id)));
      const entries = sets.flatMap((files) =>
        [...files].map(([name, bytes]) => [`gzip/${name}`, bytes] as const),
      );
      return fileOf('gzip.zip', zipSync(Object.fromEntries(entries), { level: 0 }));
    };
    expect((await loadDroppedFiles([await archive('emnist-digits', 'emnist-balanced')])).id).toBe(
      'emnist-balanced',
    );
    expect((await loadDroppedFiles([await archive('emnist-digits')])).id).toBe('emnist-digits');
  });

  it('come out of archives as Windows and macOS make them', async () => {
    const files = [...(await madeUpFiles('emnist-digits'))];
    const windows = files.map(([name, bytes]) => [`EMNIST\\raw\\${name}`, bytes] as const);
    const macos = files.flatMap(([name, bytes]) => [
      [`digits/__MACOSX/raw/${name}`, Uint8Array.of(0, 5, 22, 7)] as const,
      [`digits/raw/${name}`, bytes] as const,
    ]);
    for (const entries of [windows, macos]) {
      const archive = fileOf('archive.zip', zipSync(Object.fromEntries(entries), { level: 0 }));
      expect(await loadDroppedFiles([archive])).toMatchObject({ id: 'emnist-digits', remarks: [UNLIKE] });
    }
  });

  it('that cannot be read, as a folder cannot, are named', async () => {
    const folder = fileOf('raw', new Uint8Array(4096));
    const slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('…', 'NotFoundError')) });
    const error = await refusal([Object.defineProperty(folder, 'slice', { value: slice })]);
    expect(error.message).toMatch(/^raw could not be read: it is a folder/);
  });

  it('that are incomplete are refused, naming what is missing', async () => {
    const files = await dropped('emnist-balanced');
    const { code, message } = await refusal(files.filter(({ name }) => !name.includes('test-labels')));
    expect(code).toBe('files-missing');
    expect(message).toContain('emnist-balanced-test-labels-idx1-ubyte.gz is missing');
  });

  it.each([
    [['holiday.jpg'], 'holiday.jpg'],
    [[], 'nothing'],
  ])('that are something else are refused: %j', async (names, found) => {
    const { code, message } = await refusal(names.map((name) => fileOf(name, Uint8Array.of(1, 2, 3))));
    expect(code).toBe('other-files');
    expect(message).toContain(`found ${found}`);
    expect(message).toContain('emnist-balanced-train-images-idx3-ubyte.gz');
  });

  it('that are damaged are refused by name', async () => {
    const files = await dropped('emnist-balanced');
    const at = files.findIndex(({ name }) => name.includes('train-images'));
    files[at] = fileOf(files[at].name, (await bytesOf(files[at])).subarray(0, 5000));
    const { code, message } = await refusal(files);
    expect(code).toBe('broken-gzip');
    expect(message).toContain('train-images');
    files[at] = fileOf(files[at].name, new Uint8Array());
    expect((await refusal(files)).code).toBe('empty-file');
  });
});

describe('files under names of their own', () => {
  const pixels = (count: number) => Uint8Array.from({ length: count * 784 }, (_, i) => (i * 31) & 255);
  const unnamed = async (labels: (n: number) => number, prefix = 'my') => {
    const list = (count: number) => Array.from({ length: count }, (_, n) => labels(n));
    return [
      fileOf(`${prefix}-1`, idxLabels(list(40))),
      fileOf(`${prefix}-2.gz`, await gzipped(idxImages(pixels(70), 70))),
      fileOf(`${prefix}-3.bin`, idxImages(pixels(40), 40)),
      fileOf(`${prefix}-4`, idxLabels(list(70))),
    ];
  };

  it('are told apart by what is in them: labels by magic number, training by being more', async () => {
    const dataset = await loadDroppedFiles(await unnamed((n) => n % 47));
    expect(dataset).toMatchObject({ id: 'emnist-balanced', train: { count: 70 }, test: { count: 40 } });
  });

  it.each<[DatasetId, (n: number) => number, string]>([
    ['mnist', (n) => n % 10, 'my'],
    ['emnist-digits', (n) => n % 10, 'my-emnist'],
    ['emnist-letters', (n) => 1 + (n % 26), 'my'],
    ['emnist-bymerge', (n) => n % 47, 'my-bymerge'],
    ['emnist-byclass', (n) => n % 62, 'my'],
  ])('are taken for %s by their labels and names', async (id, labels, prefix) => {
    expect((await loadDroppedFiles(await unnamed(labels, prefix))).id).toBe(id);
  });

  it('are refused when their labels are of no set here', async () => {
    const { code, message } = await refusal(await unnamed((n) => n * 3));
    expect(code).toBe('labels-too-high');
    expect(message).toContain('207');
  });

  it('are refused when they are not two and two', async () => {
    const files = await unnamed((n) => n % 10);
    const { code, message } = await refusal([files[0], files[1], files[2], files[2]]);
    expect(code).toBe('wrong-pairs');
    expect(message).toContain('3 of images');
  });

  const idx = (name: string, count: number, kind: 'images' | 'labels', labels: (n: number) => number) =>
    fileOf(
      name,
      kind === 'images'
        ? idxImages(pixels(count), count)
        : idxLabels(Array.from({ length: count }, (_, n) => labels(n))),
    );
  const digit = (n: number) => n % 10;

  it('train as their names say, even where the larger ones test', async () => {
    const files = [
      idx('test-images', 50, 'images', digit),
      idx('train-images', 20, 'images', digit),
      idx('labels-b', 50, 'labels', digit),
      idx('labels-a', 20, 'labels', digit),
    ];
    const dataset = await loadDroppedFiles(files);
    expect([dataset.train.count, dataset.test.count]).toEqual([20, 50]);
  });

  it('of equal counts are paired by their names in any order; where those are silent, whoever can be asked is', async () => {
    const named = [
      idx('mnist-test.lbl', 20, 'labels', (n) => (n + 1) % 10),
      idx('mnist-train.img', 20, 'images', digit),
      idx('mnist-train.lbl', 20, 'labels', digit),
      idx('mnist-test.img', 20, 'images', digit),
    ];
    for (const files of [named, named.toReversed()]) {
      expect((await loadDroppedFiles(files)).train.labels[0]).toBe(0);
    }
    const silent = named.map((file, n) => new File([file], `part${n}`));
    await expect(readDropped(silent)).rejects.toMatchObject({ code: 'splits-open' });
    const asked = await loadDroppedFiles(silent);
    // Ten pictures of one grey each do not tell which way is up.
    expect(asked.understood!.guessed).toEqual(['roles', 'pairs', 'set', 'upright']);
    expect(asked.train.labels[0]).toBe(1);
    const answers = { exchange: true, swap: true, set: 'emnist-digits', orientation: UPRIGHT } as const;
    const exchanged = await loadDroppedFiles(silent, { answers: { exchange: true } });
    expect(exchanged.train.labels[0]).toBe(0);
    const answered = await loadDroppedFiles(silent, { answers });
    expect(answered).toMatchObject({ id: 'emnist-digits', understood: { orientation: UPRIGHT } });
    expect(answered.train.images[0]).toBe(asked.test.images[0]);
    expect(answered.test.labels[0]).toBe(0);
  });

  it('that names, counts and pictures make plain are asked nothing', async () => {
    expect((await loadDroppedFiles(await dropped('mnist'))).understood).toBeUndefined();
  });

  it.each<[string, DatasetId]>([
    ['digits', 'mnist'],
    ['mnist_balanced', 'mnist'],
    ['emnist-digits', 'emnist-digits'],
  ])('as %s with labels 0 to 9 are %s', async (prefix, id) => {
    const files = [
      idx(`${prefix}-train-images.idx`, 40, 'images', digit),
      idx(`${prefix}-train-labels.idx`, 40, 'labels', digit),
      idx(`${prefix}-test-images.idx`, 20, 'images', digit),
      idx(`${prefix}-test-labels.idx`, 20, 'labels', digit),
    ];
    expect((await loadDroppedFiles(files)).id).toBe(id);
  });

  it('in an archive are found by looking, whatever they are called; the rest is passed over', async () => {
    const files = await unnamed(digit);
    const entries = await Promise.all(
      files.map(async (file, n) => {
        const raw = await unpack(await bytesOf(file), { file: file.name });
        return [`F${n}.GZ`, await gzipped(raw)];
      }),
    );
    const zip = zipSync({ ...Object.fromEntries(entries), 'readme.txt': new Uint8Array([65]) });
    const dataset = await loadDroppedFiles([fileOf('MINE.ZIP', zip)]);
    expect(dataset.train.count).toBe(70);
    expect(dataset.remarks.map(({ sentence }) => sentence)).toContain('larger-trains');
  });

  it('that test with what they trained on say so', async () => {
    const files = [
      idx('mnist-train-images', 20, 'images', digit),
      idx('mnist-train-labels', 20, 'labels', digit),
      idx('mnist-test-images', 20, 'images', digit),
      idx('mnist-test-labels', 20, 'labels', digit),
    ];
    const { remarks } = await loadDroppedFiles(files);
    expect(remarks).toContainEqual({ sentence: 'test-is-training', facts: [20] });
  });
});
