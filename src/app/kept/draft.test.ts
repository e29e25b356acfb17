import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Recording } from '../../session/recording/recording.ts';
import type { Draft } from './draft.ts';
import type { KeptRun } from './kept.ts';

/** The browser's database, whose transactions are taken one after the other. */
const stored = new Map<string, unknown>();
const table = {
  get: (key: string) => stored.get(key),
  put: (value: unknown, key: string) => void stored.set(key, value),
  delete: (key: string) => void stored.delete(key),
  transaction: undefined,
};
let refused = false;
let last: Promise<unknown> = Promise.resolve();
vi.mock('./database.ts', () => ({
  database: () => (_: string, callback: (on: typeof table) => unknown) =>
    (last = last.then(() => callback(table))),
}));
vi.mock('idb-keyval', () => ({
  promisifyRequest: async (answer: unknown) => answer,
  get: async (key: string) => stored.get(key),
  update: async () => {},
  keys: async () => [...stored.keys()],
  set: async (key: string, value: unknown) => void stored.set(key, value),
  del: async (key: string) => {
    if (refused) throw new Error('no more');
    stored.delete(key);
  },
}));

/** Locks as browsers have them; one that is held is given to nobody else. */
let granted: Promise<void>;
const held = new Set<string>();
const locks = {
  async request(name: string, ...rest: unknown[]) {
    const answer = rest.at(-1) as (lock: object | null) => unknown;
    const asked = rest.length > 1 ? (rest[0] as LockOptions) : {};
    if (asked.ifAvailable && held.has(name)) return answer(null);
    while (held.has(name)) {
      asked.signal?.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve));
    }
    held.add(name);
    await granted;
    try {
      return await answer({ name });
    } finally {
      held.delete(name);
    }
  },
};

beforeEach(() => {
  vi.resetModules();
  stored.clear();
  refused = false;
  held.clear();
  granted = Promise.resolve();
  vi.stubGlobal('navigator', { locks });
});
afterEach(() => vi.unstubAllGlobals());

const draft = { recording: {} as Recording, name: 'mine', saved: 1 };
const runOf = ({ name, recording }: Draft): KeptRun => ({
  id: name,
  name: `${name}, interrupted`,
  pinned: false,
  shown: false,
  recording,
});
const drafts = () => [...stored.keys()].filter((key) => key.startsWith('draft:'));

describe('a draft', () => {
  it('of a run that ends while the draft waits to be saved does not stay behind', async () => {
    let grant = () => {};
    granted = new Promise((resolve) => (grant = resolve));
    const { saveDraft, dropDraft } = await import('./draft.ts');
    const saved = saveDraft(draft);
    const dropped = dropDraft();
    grant();
    await Promise.all([saved, dropped]);
    expect(drafts()).toEqual([]);
  });

  it('that the browser does not let go of is no failure', async () => {
    const { saveDraft, dropDraft } = await import('./draft.ts');
    await saveDraft(draft);
    refused = true;
    await expect(dropDraft()).resolves.toBeUndefined();
  });

  it.each([
    ['with locks', { locks }],
    ['without', {}],
  ])(
    'that a closed tab left is handed out once, to one of many that look at once, %s',
    async (_, navigator) => {
      vi.stubGlobal('navigator', navigator);
      stored.set('draft:gone', draft);
      const { takeLeftDrafts } = await import('./draft.ts');
      const taken = await Promise.all([takeLeftDrafts(runOf), takeLeftDrafts(runOf), takeLeftDrafts(runOf)]);
      expect(taken.flat()).toEqual([{ draft, run: runOf(draft) }]);
      expect(stored.get('runs')).toEqual([runOf(draft)]);
      expect(drafts()).toEqual([]);
    },
  );

  it('of a tab that lives is left to it', async () => {
    stored.set('draft:alive', draft);
    held.add('piecewise-tab:alive');
    const { takeLeftDrafts } = await import('./draft.ts');
    expect(await takeLeftDrafts(runOf)).toEqual([]);
    expect(drafts()).toEqual(['draft:alive']);
  });

  it('of a tab that is being closed is waited for, and handed out once', async () => {
    stored.set('draft:closing', draft);
    held.add('piecewise-tab:closing');
    const { takeLeftDrafts } = await import('./draft.ts');
    const taken = Promise.all([takeLeftDrafts(runOf, true), takeLeftDrafts(runOf, true)]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(drafts()).toEqual(['draft:closing']);
    held.delete('piecewise-tab:closing');
    expect((await taken).flat()).toEqual([{ draft, run: runOf(draft) }]);
    expect(drafts()).toEqual([]);
  });

  it('of a tab that does not close is not waited for without end', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    stored.set('draft:alive', draft);
    held.add('piecewise-tab:alive');
    const { takeLeftDrafts } = await import('./draft.ts');
    expect(await takeLeftDrafts(runOf, true)).toEqual([]);
    expect(drafts()).toEqual(['draft:alive']);
    timeout.mockRestore();
  });
});
