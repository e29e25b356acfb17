import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMirror, type Behaviour, type Mirror } from '../../../e2e/support/mirror.ts';
import { CATALOGUE } from '../catalogue.ts';
import { DataError } from '../errors.ts';
import {
  listAvailability,
  loadDataset,
  forgetDataset,
  rememberDataset,
  type LoadProgress,
} from '../loader.ts';
import { gzipped, idxLabels, madeUpFiles, memoryCache } from '../testing.ts';

const ID = 'emnist-balanced';
const IMAGES = 'emnist-balanced-train-images-idx3-ubyte.gz';
const LABELS = 'emnist-balanced-train-labels-idx1-ubyte.gz';

let files: Map<string, Uint8Array>;
let mirror: Mirror;
let cache: ReturnType<typeof memoryCache>;

beforeEach(async () => {
  files = await madeUpFiles(ID);
  mirror = await startMirror({ files });
  cache = memoryCache();
});
afterEach(() => mirror.close());

const options = () => ({ base: `${mirror.url}/app/`, mirror: mirror.url, cache, download: true });
const load = (more: Partial<Parameters<typeof loadDataset>[1]> = {}) =>
  loadDataset(ID, { ...options(), ...more });
const dataRequests = () => mirror.requests.filter((name) => name.endsWith('.gz'));

const refusal = async (loading: Promise<unknown>): Promise<DataError> => {
  const error = await loading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return error as DataError;
};

describe('a mirror that behaves', () => {
  it('gives a set: upright, labelled, standardised, and called a sample', async () => {
    const dataset = await load();
    expect(dataset).toMatchObject({
      id: ID,
      name: 'EMNIST Balanced (sample: 120 train, 60 test)',
      classes: 47,
      sample: true,
      provenance: { source: 'mirror', verified: 'differs' },
    });
    expect(dataset.provenance.bytes).toBe([...files.values()].reduce((sum, { length }) => sum + length, 0));
    expect([...dataset.train.labels.subarray(0, 3)]).toEqual([0, 1, 2]);
    const inputs = Array.from(dataset.train.images, (byte) => byte * dataset.scale + dataset.shift);
    const mean = inputs.reduce((a, b) => a + b, 0) / inputs.length;
    const variance = inputs.reduce((a, b) => a + (b - mean) ** 2, 0) / inputs.length;
    // Sums of 94,080 doubles: rounding stays far below 1e-9.
    expect(Math.abs(mean)).toBeLessThan(1e-9);
    expect(Math.abs(variance - 1)).toBeLessThan(1e-9);
  });

  it('shows real progress: bytes on their way up to all of them, then bytes unpacked', async () => {
    const seen: LoadProgress[] = [];
    await load({ onProgress: (progress) => seen.push(progress) });
    const down = seen.filter(({ phase }) => phase === 'download');
    const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(down.at(-1)).toMatchObject({ loaded: total, total });
    expect(down.map(({ loaded }) => loaded)).toEqual(
      down.map(({ loaded }) => loaded).toSorted((a, b) => a - b),
    );
    // 180 images and labels, and four headers.
    const unpacked = 180 * 785 + 2 * (16 + 8);
    expect(seen.at(-1)).toMatchObject({ phase: 'unpack', loaded: unpacked, total: unpacked });
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['download', 'unpack']));
  });

  it('is asked once: the set is in the cache afterwards, listed with its size, until it is forgotten', async () => {
    await load();
    expect(dataRequests()).toHaveLength(4);
    const again = await load({ download: false });
    expect(again.provenance.source).toBe('cache');
    expect(dataRequests()).toHaveLength(4);

    const row = async () => (await listAvailability(options())).find(({ id }) => id === ID);
    const kept = await row();
    expect(kept).toMatchObject({ where: 'cache', sample: true, verified: 'differs' });
    expect(kept?.cachedBytes).toBe(kept?.bytes);

    const entries = cache.entries.size;
    await forgetDataset(ID, { cache });
    expect((await row())?.where).toBe('mirror');
    // Until something else is forgotten, it can be brought back whole.
    await rememberDataset(ID, { cache });
    expect(await row()).toEqual(kept);
    expect((await load({ download: false })).provenance.source).toBe('cache');
    expect(dataRequests()).toHaveLength(4);
    expect(cache.entries.size).toBe(entries);
    await forgetDataset(ID, { cache });
    await forgetDataset('emnist-digits', { cache });
    await rememberDataset(ID, { cache });
    expect(cache.entries.size).toBe(0);
    expect(await row()).toMatchObject({
      where: 'mirror',
      cachedBytes: null,
      sample: false,
      verified: null,
      bytes: CATALOGUE[ID].bytes,
    });
  });

  it('is forgotten without room for a copy; where it is not taken back whole, that is said and nothing of it stays', async () => {
    await load();
    const { size } = cache.entries;
    const put = cache.put;
    let room = 0;
    cache.put = async (...entry) => {
      if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError');
      await put(...entry);
    };
    await forgetDataset(ID, { cache });
    expect(cache.entries.size).toBe(0);
    // Some of its files fit, not all.
    room = 2;
    const error = await refusal(rememberDataset(ID, { cache }));
    expect(error.message).toContain(`no room for ${CATALOGUE[ID].label}`);
    expect(cache.entries.size).toBe(0);
    room = size;
    await rememberDataset(ID, { cache });
    expect(cache.entries.size).toBe(size);
  });

  it('may send the files unpacked', async () => {
    mirror.behave('inflated');
    const dataset = await load();
    expect(dataset.train.count).toBe(120);
    // The packed bytes were never seen: nothing to compare.
    expect(dataset.provenance.verified).toBe('unknown');
  });

  it('goes on where it stopped: finished files are not fetched again', async () => {
    mirror.behave('not-found', { part: 'test-images', times: 1 });
    await refusal(load());
    expect(dataRequests()).toHaveLength(4);
    await load();
    expect(dataRequests()).toHaveLength(5);
    expect(dataRequests().at(-1)).toContain('test-images');
  });

  it('is not needed for anything else when the browser has no cache, or no room in it', async () => {
    const full = { ...cache, put: () => Promise.reject(new Error('QuotaExceededError')) };
    for (const without of [null, full]) {
      expect((await load({ cache: without })).train.count).toBe(120);
      await refusal(load({ cache: without, download: false }));
    }
  });
});

describe('a mirror that misbehaves', () => {
  const cases: [Behaviour, string, string][] = [
    ['not-found', 'not-found', 'does not have'],
    ['error', 'server', 'status 500'],
    ['html', 'html', 'web page'],
    ['empty', 'empty-file', '0 bytes'],
    ['truncated', 'broken-gzip', 'cut short'],
    ['broken', 'broken-connection', 'broke'],
    ['wrong-length', 'broken-connection', 'broke'],
    ['refused', 'network', 'cannot be reached'],
  ];
  it.each(cases)('%s: refused as %s, with a sentence that names the file', async (behaviour, code, words) => {
    mirror.behave(behaviour, { part: IMAGES });
    const error = await refusal(load());
    expect(error.code).toBe(code);
    expect(error.message).toContain(IMAGES);
    expect(error.message).toContain(words);
    // And all is well as soon as the mirror is.
    mirror.behave('well');
    expect((await load()).train.count).toBe(120);
  });

  it.each(['error', 'broken', 'refused', 'wrong-length'] as const)(
    '%s once: tried again',
    async (behaviour) => {
      mirror.behave(behaviour, { part: IMAGES, times: 1 });
      expect((await load()).train.count).toBe(120);
      expect(dataRequests().filter((name) => name === IMAGES)).toHaveLength(2);
    },
  );

  it.each(['not-found', 'html'] as const)('%s: not tried again', async (behaviour) => {
    mirror.behave(behaviour, { part: LABELS });
    await refusal(load());
    expect(dataRequests()).toEqual([LABELS]);
  });

  it('not there at all: a sentence with its name', async () => {
    const { code, message } = await refusal(load({ mirror: 'http://127.0.0.1:1' }));
    expect(code).toBe('network');
    expect(message).toContain('127.0.0.1:1');
  });

  it('silent: given up after a while', async () => {
    mirror.behave('slow', { part: LABELS });
    const { code, message } = await refusal(load({ stallMs: 20 }));
    expect(code).toBe('stalled');
    expect(message).toContain('went silent');
    expect(dataRequests()).toEqual([LABELS]);
  });

  it('slow: cancelled at any moment, and what was finished is kept', async () => {
    mirror.behave('slow', { part: IMAGES });
    const stop = new AbortController();
    const loading = load({
      signal: stop.signal,
      onProgress: ({ file }) => {
        if (file === IMAGES) stop.abort(new Error('Cancelled.'));
      },
    });
    await expect(loading).rejects.toThrow('Cancelled.');
    expect(await listAvailability(options())).toContainEqual(
      expect.objectContaining({ id: ID, where: 'mirror', cachedBytes: expect.any(Number) as number }),
    );
    mirror.release();
    await load();
    expect(dataRequests().filter((name) => name === LABELS)).toHaveLength(1);
  });

  it('with files of the wrong content: refused, and not kept', async () => {
    files.set(LABELS, await gzipped(idxLabels([1, 2, 3])));
    const { code, message } = await refusal(load());
    expect(code).toBe('counts-disagree');
    expect(message).toContain('120 images');
    expect(message).toContain('3 labels');
    expect(cache.entries.size).toBe(0);
  });

  it('with one class only: refused', async () => {
    files.set(LABELS, await gzipped(idxLabels(Array.from({ length: 120 }, () => 7))));
    expect((await refusal(load())).code).toBe('one-class');
  });

  it('with a body that never ends: refused', async () => {
    files.set(LABELS, new Uint8Array(2_000_000).fill(0x1f));
    expect((await refusal(load())).code).toBe('too-large');
  });
});

describe('the cache', () => {
  it('that lost a file is not trusted: fetched anew, or said to be missing', async () => {
    await load();
    const lost = [...cache.entries.keys()].find((url) => url.endsWith(IMAGES)) ?? '';
    cache.entries.delete(lost);
    expect((await refusal(load({ download: false }))).code).toBe('not-at-hand');
    expect((await load()).provenance.source).toBe('mirror');
  });
});

describe('without download', () => {
  it('says where a set could come from', async () => {
    expect((await refusal(load({ download: false }))).message).toContain('data menu');
    const { code, message } = await refusal(loadDataset('mnist', options()));
    expect(code).toBe('no-mirror');
    expect(message).toContain('npm run data');
  });
});
