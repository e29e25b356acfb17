import { expect, it, vi } from 'vitest';
import { DEFAULTS } from '../../experiment/table.ts';
import { idleStrategy } from '../../session/idle-strategy.ts';
import { identityOf, keyOf } from '../../session/study/identity.ts';
import type { RunResult } from '../../session/study/run-once.ts';

/** The browser's table in memory; requests answer as IndexedDB's do. */
const rows = new Map<string, { identity: string; saved: number; run: RunResult }>();
const request = <T>(result: T) => {
  const made: { result: T; onsuccess?: () => void; oncomplete?: () => void } = { result };
  queueMicrotask(() => {
    made.onsuccess?.();
    made.oncomplete?.();
  });
  return made;
};
let refuse: string | null = null;
const table = {
  get: (key: string) => request(rows.get(key)),
  put: (value: never, key: string) => request(void rows.set(key, value)),
  delete: (key: string) => request(void rows.delete(key)),
  count: () => request(rows.size),
  getAllKeys: () => request([...rows.keys()]),
  getAll: () => request([...rows.values()]),
  get transaction() {
    return request(undefined);
  },
};
vi.mock('../../messages/guarded-store.ts', () => ({
  databaseOf: () => async (mode: string, work: (one: typeof table) => unknown) => {
    if (refuse && mode === 'readwrite') throw new Error(refuse);
    return work(table);
  },
}));
/** Locks as browsers have them: one that is held is given to nobody else, or later. */
const held = new Map<string, Promise<unknown>>();
const locks = {
  async request(name: string, options: { ifAvailable?: boolean }, answer: (lock: object | null) => unknown) {
    if (options.ifAvailable && held.has(name)) return answer(null);
    await held.get(name);
    const work = Promise.resolve(answer({ name })).finally(() => held.delete(name));
    held.set(name, work);
    return work;
  },
};
vi.stubGlobal('navigator', { locks });
const { browserRuns, MOST } = await import('./kept.ts');

const sil = { ...idleStrategy('sil'), final: { accuracy: 0.5, count: 2 } };
const RUN: RunResult = { fragment: 'data=mnist', engine: 'Some', strategies: { sil } };
const of = (seed: number) => identityOf({ ...DEFAULTS, seed }, { digest: 'ab' }, ['cpu']);

it('runs of sweeps are found by what their numbers follow from, and the oldest make room', async () => {
  const kept = browserRuns(() => {});
  expect(await kept.find(of(1))).toBeNull();
  expect(await kept.make(of(1), async () => RUN)).toEqual(RUN);
  expect(await kept.find(of(1))).toEqual(RUN);
  expect(await kept.find(of(2))).toBeNull();
  // Another run that has the same short name is not taken for it.
  rows.set(keyOf(of(3)), { ...rows.get(keyOf(of(1)))!, saved: 0 });
  expect(await kept.find(of(3))).toBeNull();
  for (let index = rows.size; index < MOST; index++)
    rows.set(`${index}`, { identity: '', run: RUN, saved: Date.now() + index });
  await kept.make(of(4), async () => RUN);
  expect(rows.size).toBe(MOST);
  expect(rows.has(keyOf(of(3)))).toBe(false);
  expect(await kept.find(of(1))).toEqual(RUN);
});

it('are made by one tab at a time: the other waits, and finds what the first made', async () => {
  const [one, two] = [browserRuns(() => {}), browserRuns(() => {})];
  let end: (run: RunResult) => void = () => {};
  const made = one.make(of(6), () => new Promise((resolve) => (end = resolve)));
  await vi.waitFor(() => expect(held.size).toBe(1));
  expect(await two.make(of(6), async () => Promise.reject(new Error('Both make it.')))).toBeNull();
  const settled = two.settled(of(6), new AbortController().signal);
  end(RUN);
  await Promise.all([made, settled]);
  expect(await two.find(of(6))).toEqual(RUN);
});

it('one that the browser does not take is said, and is there all the same', async () => {
  refuse = 'There is no room.';
  const said: string[] = [];
  const kept = browserRuns((line) => said.push(line));
  expect(await kept.make(of(5), async () => RUN)).toEqual(RUN);
  expect(said.join()).toMatch(/did not keep a run of the sweep \(There is no room\)/);
});
