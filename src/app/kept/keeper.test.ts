import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decode } from '../../experiment/link.ts';
import { readSafetensors } from '../../export/safetensors/read.ts';
import { closeSessions, finish, readySession, until } from '../../session/testing.ts';

const stored = new Map<string, unknown>();
/** The browser's database: a map, unless a test has it refuse. */
let refuse: (() => never) | null = null;
vi.mock('./database.ts', () => ({
  database: () => async (_: string, callback: (table: unknown) => unknown) => {
    refuse?.();
    return callback({});
  },
}));
vi.mock('idb-keyval', async (original) => ({
  ...(await original<typeof import('idb-keyval')>()),
  get: async (key: string) => (refuse?.(), stored.get(key)),
  set: async (key: string, value: unknown) => void (refuse?.(), stored.set(key, value)),
  del: async (key: string) => void (refuse?.(), stored.delete(key)),
  update: async (key: string, change: (value: unknown) => unknown) =>
    void (refuse?.(), stored.set(key, change(stored.get(key)))),
}));

/** Files of weights, by kept run. */
const weights = new Map<string, readonly { readonly file: Uint8Array }[]>();
vi.mock('./kept-weights.ts', () => ({
  keepWeights: async (id: string, files: readonly { readonly file: Uint8Array }[]) =>
    void weights.set(id, files),
}));

const { keepRuns } = await import('./keeper.ts');
const { useKept } = await import('./kept.ts');

const LINK = 'data=mnist&layers=16,16&cuts=1&batch=50&epochs=1&turn=10&test=50';
const keepers: (() => void)[] = [];
const rejections: unknown[] = [];
const note = (error: unknown) => void rejections.push(error);

beforeEach(() => {
  vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' });
  process.on('unhandledRejection', note);
  useKept.setState({ runs: [] });
});
afterEach(async () => {
  for (const stop of keepers.splice(0)) stop();
  await closeSessions();
  process.off('unhandledRejection', note);
  vi.unstubAllGlobals();
  vi.useRealTimers();
  refuse = null;
  expect(rejections.splice(0)).toEqual([]);
});

async function start(link: string) {
  const test = await readySession(link);
  keepers.push(keepRuns(test.session));
  return test;
}
const kept = () => useKept.getState().runs;

describe('runs are kept', () => {
  it('once each, however often they are gone back and forth between', async () => {
    const test = await start(`${LINK}&strategies=conventional`);
    await finish(test.session);
    test.session.actions.change({ seed: 2 });
    await finish(test.session);
    const before = kept();
    expect(before).toHaveLength(2);
    // They were trained when they were trained.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3600 * 1000 });
    for (const way of ['undo', 'redo', 'undo', 'undo', 'redo'] as const) test.session.actions[way]();
    expect(kept()).toEqual(before);
  });

  it('as what became of them: one that goes on takes its own place, and keeps its name', async () => {
    const test = await start(`${LINK}&strategies=conventional`);
    await finish(test.session);
    const [{ id }] = kept();
    useKept.setState(({ runs }) => ({ runs: runs.map((run) => ({ ...run, name: 'Mine', pinned: true })) }));
    test.session.actions.change({ strategies: ['conventional', 'sil'] });
    await finish(test.session);
    expect(kept()).toHaveLength(1);
    expect(kept()[0]).toMatchObject({ id, name: 'Mine', pinned: true });
    expect(kept()[0].recording.strategies.map((strategy) => strategy.id)).toEqual(['conventional', 'sil']);
  });

  it('with weights that say what really ran', async () => {
    const test = await start(`${LINK.replace('turn=10', 'turn=2')}&strategies=conventional`);
    const { actions } = test.session;
    actions.step();
    await until(
      test.session,
      ({ status, strategies }) => status === 'paused' && strategies.conventional!.step === 2,
    );
    actions.change({ learningRate: 0.01 });
    await finish(test.session);
    actions.change({ learningRate: 0.5 });
    const [{ id, name, recording }] = kept();
    expect(name).not.toMatch(/, rate /);
    await vi.waitFor(() => expect(weights.get(id)).toHaveLength(1));
    const { metadata } = readSafetensors(weights.get(id)![0].file);
    expect(metadata.experiment).toBe(`#${recording.fragment}`);
    expect(decode(metadata.experiment.slice(1)).experiment.learningRate).toBe(1e-3);
    expect(JSON.parse(metadata.learningRateChanges)).toEqual([{ step: 2, learningRate: 0.01 }]);
  });

  it('when another run takes their place before they have ended', async () => {
    const test = await start(`${LINK}&strategies=conventional`);
    test.session.actions.step();
    await until(
      test.session,
      ({ status, strategies }) => status === 'paused' && strategies.conventional!.step > 0,
    );
    test.session.actions.change({ seed: 2 });
    expect(kept()).toHaveLength(1);
    await finish(test.session);
    test.session.actions.undo();
    expect(kept()).toHaveLength(2);
    await finish(test.session);
    expect(kept()).toHaveLength(2);
    expect(kept().every(({ recording }) => recording.strategies[0].final)).toBe(true);
  });

  it('with the partition that came back after the end', async () => {
    const test = await start(`${LINK}&epochs=3&strategies=sil`.replace('epochs=1&', ''));
    test.session.actions.play();
    await until(
      test.session,
      ({ strategies }) => strategies.sil!.points.length > 1 && strategies.sil!.status === 'turn',
    );
    test.newest(0).crash('plug');
    await until(test.session, ({ status }) => status === 'finished');
    test.session.actions.restart('sil', 0);
    await until(test.session, ({ strategies }) => strategies.sil!.final !== null);
    test.session.actions.reset();
    expect(kept().map(({ recording }) => recording.strategies[0].final?.count)).toEqual([200]);
  });
});

it('a browser that refuses its database at once spoils nothing, and is not said to keep anything', async () => {
  refuse = () => {
    throw new DOMException('access is denied in this context.', 'SecurityError');
  };
  const test = await start(`${LINK}&strategies=conventional`);
  await finish(test.session);
  test.session.actions.reset();
  expect(test.session.store.getState().status).toBe('idle');
  await vi.waitFor(() => expect(useKept.getState().stored).toBe(false));
});
