import { MessageChannel as NodeChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMirror, type Mirror } from '../../e2e/support/mirror.ts';
import type { Endpoint } from '../messages/rpc.ts';
import { createDataClient, type DataClient } from './client.ts';
import { sampleImages } from './dataset.ts';
import type { LoadProgress } from './loader.ts';
import { serveData } from './serve-data.ts';
import { madeUpFiles, memoryCache } from './testing.ts';

let mirror: Mirror;
let files: Map<string, Uint8Array>;
let client: DataClient;
let crash: (error: Error) => void;
let starts: number;
let close: () => void;

beforeEach(async () => {
  files = await madeUpFiles('emnist-letters');
  mirror = await startMirror({ files });
  starts = 0;
  const cache = memoryCache();
  client = createDataClient({
    base: `${mirror.url}/`,
    mirror: mirror.url,
    start(onCrash) {
      starts++;
      crash = onCrash;
      const { port1, port2 } = new NodeChannel();
      serveData(port2 as unknown as Endpoint, async () => ({ cache }));
      port1.start();
      port2.start();
      close = () => port1.close();
      return port1 as unknown as Endpoint;
    },
  });
});
afterEach(async () => {
  if (starts > 0) close();
  await mirror.close();
});

const watch = (onProgress: (progress: LoadProgress) => void = () => {}) => ({
  signal: new AbortController().signal,
  onProgress,
});

describe('the data client', () => {
  it('loads through its worker, with progress, and lists what is kept', async () => {
    const seen: LoadProgress[] = [];
    const dataset = await client.load('emnist-letters', {
      ...watch((progress) => seen.push(progress)),
      download: true,
    });
    expect(dataset).toMatchObject({ id: 'emnist-letters', train: { count: 120 }, test: { count: 60 } });
    expect(seen.some(({ phase }) => phase === 'download')).toBe(true);
    expect(seen.at(-1)?.phase).toBe('unpack');
    const kept = async () => (await client.availability()).find(({ id }) => id === 'emnist-letters')?.where;
    expect(await kept()).toBe('cache');
    await client.forget('emnist-letters');
    expect(await kept()).toBe('mirror');
    await client.remember('emnist-letters');
    expect(await kept()).toBe('cache');
    expect(starts).toBe(1);
  });

  it('loads dropped files', async () => {
    // In this thread: a browser clones a `File` across threads, Node does not.
    const direct = createDataClient({ base: mirror.url, start: sameThread });
    const dropped = [...files].map(([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name));
    expect((await direct.loadFiles(dropped, watch())).train.count).toBe(120);
  });

  it('keeps the sentence and the name of a refusal', async () => {
    mirror.behave('html');
    const loading = client.load('emnist-letters', { ...watch(), download: true });
    await expect(loading).rejects.toMatchObject({
      name: 'DataError',
      code: 'html',
      message: expect.stringContaining('is a web page') as string,
    });
  });

  it('stops when told to, with the reason given, and can load again', async () => {
    mirror.behave('slow', { part: 'train-images' });
    const stop = new AbortController();
    const loading = client.load('emnist-letters', {
      signal: stop.signal,
      download: true,
      onProgress: ({ file }) => {
        if (file?.includes('train-images')) stop.abort(new Error('Cancelled.'));
      },
    });
    await expect(loading).rejects.toThrow('Cancelled.');
    mirror.release();
    expect((await client.load('emnist-letters', { ...watch(), download: true })).train.count).toBe(120);
  });

  it('rejects what is under way when its worker is gone, and starts another for the next call', async () => {
    mirror.behave('slow');
    const loading = client.load('emnist-letters', {
      ...watch(() => crash(new Error('The worker is gone.'))),
      download: true,
    });
    await expect(loading).rejects.toThrow('The worker is gone.');
    mirror.release();
    expect(await client.availability()).toHaveLength(7);
    expect(starts).toBe(2);
  });
});

describe('sample images', () => {
  it('are the first ones of every class, in class order', async () => {
    const dataset = await client.load('emnist-letters', { ...watch(), download: true });
    const samples = sampleImages(dataset, 5);
    expect(samples.map(({ character }) => character).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    // 120 images, class n mod 26: classes 0 to 15 have five, the others four.
    expect(samples.map(({ images }) => images.length)).toEqual(
      Array.from({ length: 26 }, (_, n) => (n < 16 ? 5 : 4)),
    );
    expect(samples[3].images[1]).toEqual(dataset.train.images.subarray(29 * 784, 30 * 784));
  });
});

/** Both sides in this thread, nothing cloned. */
function sameThread(): Endpoint {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []];
  const side = (own: number): Endpoint => ({
    postMessage: (data) => {
      for (const listener of listeners[1 - own]) listener({ data } as MessageEvent);
    },
    addEventListener: (_type, listener) => void listeners[own].push(listener),
  });
  serveData(side(1), async () => ({ cache: null }));
  return side(0);
}
