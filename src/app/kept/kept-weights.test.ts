import { beforeEach, expect, it, vi } from 'vitest';

/** The browser's table in memory; requests answer as IndexedDB's do, one transaction at a time. */
const rows = new Map<string, unknown>();
const request = <T>(result: T) => {
  const made: { result: T; onsuccess?: () => void } = { result };
  queueMicrotask(() => made.onsuccess?.());
  return made;
};
const table = {
  get: (key: string) => request(rows.get(key)),
  put: (value: unknown, key: string) => request(void rows.set(key, value)),
  delete: (key: string) => request(void rows.delete(key)),
  get transaction() {
    const made: { oncomplete?: () => void } = {};
    queueMicrotask(() => made.oncomplete?.());
    return made;
  },
};
let refuse: string | null = null;
vi.mock('./database.ts', () => ({
  database: () => async (_: string, work: (one: typeof table) => unknown) => {
    if (refuse) throw new Error(refuse);
    return work(table);
  },
}));
const { keepWeights, loadWeightsIndex, readWeights, useKeptWeights } = await import('./kept-weights.ts');
const { KEPT_RUNS, useKept } = await import('./kept.ts');

const file = (byte: number) => [{ strategy: 'sil' as const, file: Uint8Array.of(byte) }];

beforeEach(() => {
  rows.clear();
  refuse = null;
});

it('weights of runs that another tab kept stay, whatever this tab knows; those of no run go after a day', async () => {
  await keepWeights('here', file(1));
  await keepWeights('there', file(2));
  await keepWeights('deleted', file(3));
  rows.set(KEPT_RUNS, [{ id: 'here' }, { id: 'there' }]);
  const now = Date.now();
  await loadWeightsIndex(now);
  // Another tab may still bring the run back.
  expect(await readWeights('deleted', 'sil')).toEqual(Uint8Array.of(3));
  await loadWeightsIndex(now + 25 * 3600 * 1000);
  expect(useKeptWeights.getState().index.map(({ id }) => id)).toEqual(['there', 'here']);
  expect([...rows.keys()].filter((key) => key.startsWith('weights:'))).toEqual([
    'weights:here:sil',
    'weights:there:sil',
  ]);
});

it('weights of a run that went on take the place of those before', async () => {
  await keepWeights('one', file(1));
  await keepWeights('one', file(9));
  expect(useKeptWeights.getState().index).toHaveLength(1);
  expect(await readWeights('one', 'sil')).toEqual(Uint8Array.of(9));
});

it('a refusal is said, and what was there stays', async () => {
  await keepWeights('one', file(1));
  refuse = 'no room';
  await keepWeights('two', file(2));
  expect(useKept.getState().weightsRefused).toBe('no room');
  expect([...rows.keys()]).toEqual(['weights:one:sil', 'weights']);
});

it('weights of runs that were pushed out make room before those of runs that are there', async () => {
  await keepWeights('there', file(1));
  await keepWeights('pushed out', file(2));
  rows.set(KEPT_RUNS, [{ id: 'there' }]);
  // As much as there is room for, but for two bytes.
  const large = [{ strategy: 'sil' as const, file: { length: 256e6 - 1 } as Uint8Array<ArrayBuffer> }];
  await keepWeights('newest', large);
  expect(useKeptWeights.getState().index.map(({ id }) => id)).toEqual(['newest', 'there']);
  expect(await readWeights('pushed out', 'sil')).toBeNull();
});

it('what earlier versions kept is found', async () => {
  rows.set('weights', [{ id: 'old', ways: ['sil'], bytes: 1 }]);
  rows.set('weights:old:sil', Uint8Array.of(7));
  rows.set(KEPT_RUNS, [{ id: 'old' }]);
  await loadWeightsIndex();
  expect(useKeptWeights.getState().index).toEqual([{ id: 'old', strategies: ['sil'], bytes: 1 }]);
  expect(await readWeights('old', 'sil')).toEqual(Uint8Array.of(7));
});
