import { afterEach, describe, expect, it } from 'vitest';
import { inProcessSpawner } from '../../devices/in-process.ts';
import { ENGINES } from '../../engines/registry.ts';
import { decode } from '../../experiment/link.ts';
import { PROGRAMS } from '../../strategies/programs.ts';
import { madeUpDataset } from '../../data/testing.ts';
import { closeSessions, testSession, until } from '../testing.ts';
import { planSweep } from './ask.ts';
import { canonical, type RunIdentity } from './identity.ts';
import type { KeptRuns } from './kept.ts';
import type { RunResult } from './run-once.ts';
import { createSweeper, placeOf, resultsOf, type Sweeper, type SweepState } from './sweep.ts';

const DATA = madeUpDataset();
const LINK =
  'data=mnist&layers=16x3&cuts=2&batch=50&epochs=2&turn=5&test=0&seed=7&strategies=conventional,sil&threads=1';
const SWEEP = planSweep(decode(LINK).experiment, 'cuts:1~2~seeds:2');

/** A browser's storage, as far as a sweep knows it. */
function memory() {
  const runs = new Map<string, RunResult>();
  let made = 0;
  const kept: KeptRuns = {
    find: async (identity) => runs.get(canonical(identity)) ?? null,
    async make(identity: RunIdentity, run) {
      const result = await run();
      made++;
      runs.set(canonical(identity), result);
      return result;
    },
    settled: async () => {},
  };
  return { kept, runs, made: () => made };
}

afterEach(closeSessions);

function pageWith(kept: KeptRuns, more: Partial<Parameters<typeof createSweeper>[0]> = {}) {
  const { session } = testSession(LINK, DATA);
  const sweeper = createSweeper({
    session,
    kept: () => kept,
    spawn: inProcessSpawner(PROGRAMS, async (id) => ENGINES[id]),
    cores: 1,
    chooseEngine: async () => ({ id: 'cpu', why: '' }),
    load: async () => Promise.reject(new Error('There is no such set.')),
    ...more,
  });
  return { session, sweeper };
}

function reached({ store }: Sweeper, condition: (state: SweepState) => boolean): Promise<SweepState> {
  return new Promise((resolve) => {
    const look = (state: SweepState) => {
      if (!condition(state)) return;
      stop();
      resolve(state);
    };
    const stop = store.subscribe(look);
    look(store.getState());
  });
}

const accuracies = ({ found }: SweepState) =>
  SWEEP.jobs.map((job) => {
    const { conventional, sil } = found.get(placeOf(job, DATA))?.strategies ?? {};
    return [conventional?.final?.accuracy, sil?.final?.accuracy];
  });

describe('a sweep beside a session', () => {
  it('runs all, says how far it is, and finds them again', async () => {
    const { kept, made } = memory();
    const { session, sweeper } = pageWith(kept);
    await session.ready;
    const seen: SweepState[] = [];
    sweeper.store.subscribe((state) => void seen.push(state));
    sweeper.start(SWEEP);
    const end = await reached(sweeper, ({ ended }) => ended !== null);
    expect(end.ended).toEqual({ fragment: SWEEP.fragment, runs: 4, failed: null });
    expect(accuracies(end).flat().every(Number.isFinite)).toBe(true);
    // As runs end, and within each.
    expect([...new Set(seen.map(({ found }) => found.size))]).toEqual([0, 1, 2, 3, 4]);
    const going = seen.flatMap((state) => state.going ?? []);
    expect(going.some(({ run, share }) => run === 1 && share > 0 && share < 1)).toBe(true);
    expect(going.some(({ left }) => left !== null && left > 0)).toBe(true);
    // The same in another visit, from what was kept.
    const next = pageWith(kept);
    await next.session.ready;
    await next.sweeper.look(SWEEP);
    expect(accuracies(next.sweeper.store.getState())).toEqual(accuracies(end));
    next.sweeper.start(SWEEP);
    await reached(next.sweeper, ({ ended }) => ended !== null);
    expect(made()).toBe(4);
  });

  it('that was stopped, paused and gone on with ends as one run through', async () => {
    const through = pageWith(memory().kept);
    await through.session.ready;
    through.sweeper.start(SWEEP);
    const whole = accuracies(await reached(through.sweeper, ({ ended }) => ended !== null));

    const { kept, made } = memory();
    const { session, sweeper } = pageWith(kept);
    await session.ready;
    sweeper.start(SWEEP);
    await reached(sweeper, ({ going }) => going?.run === 1 && going.share > 0);
    sweeper.stop();
    await reached(sweeper, ({ going }) => going === null);
    expect(sweeper.store.getState().ended).toBeNull();
    expect(made()).toBe(1);
    sweeper.start(SWEEP);
    await reached(sweeper, ({ going }) => going?.run === 2 && going.share > 0);
    sweeper.pause();
    expect(sweeper.store.getState().going?.phase).toBe('paused');
    sweeper.goOn();
    expect(sweeper.store.getState().going?.phase).toBe('running');
    const end = await reached(sweeper, ({ ended }) => ended !== null);
    expect(accuracies(end)).toEqual(whole);
    expect(made()).toBe(4);
  });

  it('never trains while the session does: it waits, and goes on by itself', async () => {
    const { session, sweeper } = pageWith(memory().kept);
    await session.ready;
    sweeper.start(SWEEP);
    await reached(sweeper, ({ going }) => (going?.share ?? 0) > 0);
    session.actions.play();
    expect(sweeper.store.getState().going?.phase).toBe('waiting');
    await until(session, ({ status }) => status === 'running');
    const { going } = sweeper.store.getState();
    await until(session, ({ status }) => status === 'finished');
    // What was under way when it was held up may end its step, and nothing more.
    expect(sweeper.store.getState().going?.run).toBe(going?.run);
    const end = await reached(sweeper, ({ ended }) => ended !== null);
    expect(end.found.size).toBe(4);
  });

  it('goes on where a run fails, says which, and has what the others came to', async () => {
    const { kept, made } = memory();
    const { session, sweeper } = pageWith(kept);
    await session.ready;
    const sweep = planSweep(decode(`${LINK}&optimizer=sgd&schedule=constant`).experiment, 'rate:10~0.001');
    sweeper.start(sweep);
    const { ended, found, notice } = await reached(sweeper, (state) => state.ended !== null);
    expect(ended?.failed).toMatch(/^1 of 2 runs failed\. rate=10 seed 7: (SIL|Conventional): .*diverged/);
    expect(notice).toBeNull();
    expect(resultsOf(sweep, found, sweeper.datasetOf).map(({ cell }) => cell.settings.rate)).toEqual([
      '0.001',
    ]);
    // Another try makes nothing again that is there.
    sweeper.start(sweep);
    await reached(sweeper, (state) => state.ended !== null);
    expect(made()).toBe(1);
  });

  it('says that it waits for another tab only while it does', async () => {
    const { kept } = memory();
    let elsewhere = true;
    const { session, sweeper } = pageWith({
      ...kept,
      make: (identity, run) => (elsewhere ? Promise.resolve(null) : kept.make(identity, run)),
      settled: async () => void (elsewhere = false),
    });
    await session.ready;
    const said: (string | null)[] = [];
    sweeper.store.subscribe(({ notice }) => void said.push(notice));
    sweeper.start(planSweep(decode(LINK).experiment, 'cuts:1'));
    await reached(sweeper, ({ ended }) => ended !== null);
    expect(said.find(Boolean)).toMatch(/being run elsewhere/);
    expect(said.at(-1)).toBeNull();
  });

  it('says why it ended, where it could not go on', async () => {
    const { session, sweeper } = pageWith(memory().kept, {
      chooseEngine: async () => ({ id: null, why: 'Nothing runs here.' }),
    });
    await session.ready;
    sweeper.start(SWEEP);
    const { ended } = await reached(sweeper, (state) => state.ended !== null);
    expect(ended?.failed).toBe('Nothing runs here.');
    // A set that does not come.
    const other = pageWith(memory().kept);
    await other.session.ready;
    other.sweeper.start(planSweep(decode(LINK).experiment, 'data:emnist-letters'));
    const state = await reached(other.sweeper, (one) => one.ended !== null);
    expect(state.ended?.failed).toBe('There is no such set.');
  });
});
