/** What trains is what the page says: one test for each way in which it once was not. */
import { afterEach, describe, expect, it } from 'vitest';
import { decode } from '../experiment/link.ts';
import type { Dataset } from '../data/dataset.ts';
import { UPRIGHT } from '../data/orientation.ts';
import { writeSafetensors } from '../export/safetensors/write.ts';
import { denseNetwork } from '../network/spec.ts';
import { countParameters } from '../network/layers/layers.ts';
import { madeUpDataset } from '../data/testing.ts';
import { turn } from '../messages/pause.ts';
import type { ChooseEngine } from './engines.ts';
import { fromFile, toFile } from './recording/file.ts';
import { addressOf, toLink } from './recording/link.ts';
import { record } from './recording/recording.ts';
import type { Session } from './session.ts';
import type { SessionState } from './state.ts';
import { closeSessions, finish, readySession, until } from './testing.ts';

const L = 'data=mnist&layers=32,32,32&cuts=2&batch=20&epochs=3&turn=25&test=0&seed=4';

const SETS: Readonly<Record<string, Dataset>> = {
  mnist: { ...madeUpDataset(), name: 'ten' },
  'emnist-digits': { ...madeUpDataset({ train: 400 }), id: 'emnist-digits', name: 'digits' },
  'emnist-balanced': {
    ...madeUpDataset({ classes: 47, train: 940, test: 188 }),
    id: 'emnist-balanced',
    name: 'balanced',
  },
  'emnist-byclass': {
    ...madeUpDataset({ classes: 62, train: 62, test: 62, side: 28 }),
    id: 'emnist-byclass',
    name: 'by class',
  },
};

afterEach(closeSessions);

const start = (
  link: string,
  data: (id: string) => Promise<Dataset> = async (id) => SETS[id],
  chooseEngine?: ChooseEngine,
) => readySession(link, data, chooseEngine && { chooseEngine });

/** One turn of every strategy that is ticked, to its end. */
async function step(session: Session): Promise<SessionState> {
  const before = Math.max(
    0,
    ...Object.values(session.store.getState().strategies).map((strategy) => strategy.step),
  );
  session.actions.step();
  await until(
    session,
    ({ status, strategies }) =>
      status === 'paused' && Object.values(strategies).every((strategy) => strategy.step > before),
  );
  return session.store.getState();
}

const said = (session: Session) => session.store.getState().notices.map(({ message }) => message);
const parametersHeld = (state: SessionState, id: 'sil' | 'conventional') =>
  state.strategies[id]!.devices.map(({ memory }) => memory.byKind.parameters);

describe('strategies ticked and unticked', () => {
  it('a setting changed afterwards trains its own network', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    await step(session);
    session.actions.change({ strategies: ['sil'] });
    session.actions.change({ layers: [16, 16, 16] });
    const state = await step(session);
    // 64 → 16 → 16 and 16 → 16 → 10, four bytes a parameter.
    expect(parametersHeld(state, 'sil')).toEqual([4 * (65 * 16 + 17 * 16), 4 * (17 * 16 + 17 * 10)]);
  });

  it('training stops when the settings change, and says what to press', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    session.actions.play();
    await until(session, ({ strategies }) => strategies.conventional!.points.length > 1);
    session.actions.change({ strategies: ['sil'] });
    session.actions.change({ layers: [16, 16, 16], seed: 5 });
    expect(session.store.getState()).toMatchObject({ status: 'idle', run: null });
    expect(said(session).at(-1)).toMatch(/Changed: .*Press Train/);
    const state = await finish(session);
    expect(decode(state.run!.fragment).experiment).toEqual(state.experiment);
    expect(state.strategies.sil!.step).toBe(150);
  });

  it('a reset in between leaves nothing of the run', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    await step(session);
    session.actions.change({ strategies: ['sil'] });
    session.actions.reset();
    session.actions.change({ strategies: ['conventional', 'sil'] });
    expect(session.store.getState().strategies.conventional).toMatchObject({ step: 0, points: [] });
  });

  it('undo takes back the strategies, and then brings back the run before; every worker ends', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    await step(session);
    session.actions.change({ seed: 5 });
    await step(session);
    session.actions.change({ strategies: ['conventional', 'model'] });
    session.actions.change({ strategies: ['model'] });
    session.actions.undo();
    expect(session.store.getState().experiment).toMatchObject({ seed: 5, strategies: ['conventional'] });
    expect(session.store.getState().strategies.conventional!.step).toBe(25);
    session.actions.undo();
    expect(session.store.getState().experiment.seed).toBe(4);
    expect(session.store.getState().strategies.conventional!.step).toBe(25);
    session.actions.redo();
    expect(session.store.getState().experiment.seed).toBe(5);
    expect(session.store.getState().strategies.conventional!.step).toBe(25);
  });

  it.each([false, true])('SIL ticked later warns of its labels at once, a run in hand: %s', async (begun) => {
    const { session } = await start('data=mnist&layers=16,2,16&cuts=2&code=sign&strategies=conventional');
    if (begun) await step(session);
    session.actions.change({ strategies: ['conventional', 'sil'] });
    const { warnings } = session.store.getState().strategies.sil!;
    const { session: ticked } = await start(
      'data=mnist&layers=16,2,16&cuts=2&code=sign&strategies=conventional,sil',
    );
    expect(warnings).toHaveLength(1);
    expect(warnings).toEqual(ticked.store.getState().strategies.sil!.warnings);
  });
});

describe('data', () => {
  const onlyMnist = async (id: string) => {
    if (id !== 'mnist') throw new Error('not at hand');
    return SETS.mnist;
  };
  const DIGITS = `${L.replace('mnist', 'emnist-digits')}&strategies=conventional`;

  it('that cannot be had train nothing under their name', async () => {
    const { session } = await start(`${L}&strategies=conventional`, onlyMnist);
    session.actions.open(DIGITS);
    await until(session, ({ data }) => data.status === 'failed');
    session.actions.step();
    expect(session.store.getState()).toMatchObject({ status: 'idle', run: null });
    expect(said(session).at(-1)).toBe('Nothing was trained, since the data did not come: not at hand');
  });

  it('that are on their way are waited for', async () => {
    let arrive!: () => void;
    const there = new Promise<void>((resolve) => (arrive = resolve));
    const { session } = await start(`${L}&strategies=conventional`, async (id) => {
      if (id !== 'mnist') await there;
      return SETS[id];
    });
    session.actions.open(DIGITS);
    session.actions.step();
    expect(session.store.getState()).toMatchObject({ status: 'waiting', run: null });
    expect(said(session)).toEqual(['Training starts as soon as the data is there.']);
    arrive();
    await until(session, ({ status }) => status === 'paused');
    expect(session.store.getState().run!.data).toMatchObject({ id: 'emnist-digits', name: 'digits' });
    expect(said(session)).toEqual([]);
  });

  it('of a recording are loaded before its settings train', async () => {
    const { session: other } = await start(
      'data=emnist-balanced&layers=32,32&cuts=1&batch=20&epochs=1&turn=0&seed=1',
    );
    const recorded = await finish(other);
    const { session } = await start(L);
    session.actions.show(record(recorded, new Date(0))!);
    const state = await finish(session);
    expect(state.dataset!.id).toBe('emnist-balanced');
    expect(state.strategies.sil!.final).toEqual(recorded.strategies.sil!.final);
  });

  it('stay as they are where a link that is opened names none', async () => {
    const { session } = await start(`${L.replace('mnist', 'emnist-digits')}&strategies=conventional`);
    session.actions.open('#layers=16&cuts=none&strategies=conventional');
    expect(session.store.getState()).toMatchObject({
      experiment: { data: 'emnist-digits', layers: [16] },
      data: { status: 'ready' },
      dataset: { name: 'digits' },
    });
  });

  it('that replace others leave the run before with its own', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    await step(session);
    const states: SessionState[] = [];
    session.store.subscribe((state) => states.push(state));
    session.actions.chooseData('emnist-digits');
    await until(session, ({ run, dataset }) => run === null && dataset!.id === 'emnist-digits');
    // Whoever keeps the run as it is put aside never sees it beside other data.
    for (const { run, dataset } of states) if (run) expect(dataset!.digest).toBe(run.data.digest);
  });

  it('that leave something open are taken when a person says so, and Train waits until then', async () => {
    const open: Dataset = {
      ...SETS['emnist-digits'],
      understood: { guessed: ['set'], orientation: UPRIGHT },
    };
    const { session } = await start(`${L}&strategies=conventional`, async (id) =>
      id === 'files' ? open : SETS[id],
    );
    session.actions.dropFiles([]);
    await until(session, ({ data }) => data.status === 'asking');
    session.actions.step();
    expect(session.store.getState()).toMatchObject({ status: 'waiting', dataset: { name: 'ten' } });
    // One answer is read anew, and asked about again.
    session.actions.answerFiles({ swap: true });
    await until(session, ({ data }) => data.status === 'asking' && data.answers.swap === true);
    session.actions.takeFiles();
    await until(session, ({ status }) => status === 'paused');
    expect(session.store.getState().run!.data.name).toBe('digits');
    session.actions.dropFiles([]);
    await until(session, ({ data }) => data.status === 'asking');
    session.actions.cancelData();
    expect(session.store.getState()).toMatchObject({ status: 'paused', data: { status: 'ready' } });
  });

  it('undone bring the run back, and it stays', async () => {
    let loads = 0;
    const { session } = await start(`${L}&strategies=conventional`, async (id) => {
      loads++;
      return SETS[id];
    });
    await step(session);
    session.actions.chooseData('emnist-digits');
    await until(session, ({ dataset }) => dataset!.id === 'emnist-digits');
    session.actions.undo();
    expect(session.store.getState()).toMatchObject({ status: 'paused', dataset: { name: 'ten' } });
    expect((await step(session)).strategies.conventional!.step).toBe(50);
    expect(loads).toBe(2);
  });

  it('on their way are given up when a change is undone: the run that comes back stays', async () => {
    let arrive!: () => void;
    const there = new Promise<void>((resolve) => (arrive = resolve));
    const { session } = await start(`${L}&strategies=conventional`, async (id) => {
      if (id !== 'mnist') await there;
      return SETS[id];
    });
    const { run } = await step(session);
    session.actions.change({ seed: 5 });
    session.actions.chooseData('emnist-digits');
    session.actions.undo();
    arrive();
    await there;
    await turn();
    expect(session.store.getState()).toMatchObject({
      run,
      data: { status: 'ready' },
      dataset: { name: 'ten' },
    });
    expect((await step(session)).strategies.conventional!.step).toBe(50);
  });

  it('that arrive after a recording is shown leave it where it is', async () => {
    const { session: other } = await start(`${L}&epochs=1&strategies=conventional`);
    const recorded = await finish(other);
    let arrive!: () => void;
    const there = new Promise<void>((resolve) => (arrive = resolve));
    const { session } = await start('data=emnist-digits&layers=32', async (id) => {
      if (id === 'emnist-balanced') await there;
      return SETS[id];
    });
    session.actions.chooseData('emnist-balanced');
    session.actions.show(record(recorded, new Date(0))!);
    arrive();
    await until(session, ({ data }) => data.status === 'ready');
    expect(session.store.getState().recording).not.toBeNull();
    expect(session.store.getState().experiment.data).toBe('mnist');
  });

  it('with which the network would be too large are refused, in a sentence about that', async () => {
    const { session } = await start('data=mnist&layers=8192,7397&cuts=none', async (id) => ({
      ...madeUpDataset({ side: 28, train: 10, test: 10 }),
      ...(id === 'mnist' ? {} : SETS['emnist-byclass']),
    }));
    const tooLarge = /by ?class was not taken: .*67,\d{3},\d{3} parameters/i;
    session.actions.chooseData('emnist-byclass');
    expect(said(session)).toEqual([expect.stringMatching(tooLarge)]);
    // Of files that is known once they are read.
    session.actions.dropFiles([]);
    await until(session, ({ notices }) => notices.length === 2);
    expect(said(session)[1]).toMatch(tooLarge);
    session.actions.change({ seed: 9 });
    const { experiment, fragment } = session.store.getState();
    expect(experiment).toMatchObject({ seed: 9, data: 'mnist', layers: [8192, 7397] });
    expect(decode(fragment).experiment).toEqual(experiment);
  });
});

describe('engines', () => {
  const late: ChooseEngine = async (choice) => {
    await Promise.resolve();
    return { id: choice === 'auto' ? 'cpu' : choice, why: choice };
  };
  const ranOn = ({ strategies }: SessionState) =>
    strategies.conventional!.devices.map(({ about }) => about.engine);
  const CPU = `${L}&engine=cpu&strategies=conventional`;

  it('the one that is set trains, however fast Train is pressed', async () => {
    const { session } = await start(CPU, undefined, late);
    session.actions.change({ engine: ['tfjs'] });
    const state = await step(session);
    expect([ranOn(state), state.engine.chosen, state.run!.engines]).toEqual([['tfjs'], ['tfjs'], ['tfjs']]);
  });

  it('an undone choice is undone', async () => {
    const { session } = await start(CPU, undefined, late);
    await step(session);
    session.actions.change({ engine: ['tfjs'] });
    await until(session, ({ engine }) => engine.chosen?.[0] === 'tfjs');
    session.actions.undo();
    expect(session.store.getState().engine.chosen).toEqual(['cpu']);
    session.actions.reset();
    expect(ranOn(await step(session))).toEqual(['cpu']);
  });

  it('a recording’s settings train on theirs', async () => {
    const { session: other } = await start(
      `${L}&engine=tfjs&strategies=conventional&epochs=1`,
      undefined,
      late,
    );
    const recorded = await finish(other);
    const { session } = await start(CPU, undefined, late);
    session.actions.show(record(recorded, new Date(0))!);
    expect(ranOn(await finish(session))).toEqual(['tfjs']);
  });
});

describe('the learning rate', () => {
  it('set after the end is the next run’s', async () => {
    const { session } = await start(`${L}&strategies=conventional&epochs=1`);
    const { run } = await finish(session);
    session.actions.change({ learningRate: 0.5 });
    expect(session.store.getState().run).toEqual(run);
    expect(session.store.getState().experiment.learningRate).toBe(0.5);
    session.actions.play();
    expect(said(session).at(-1)).toMatch(/All epochs are done/);
  });

  it('set on the way is the run’s own from the same step on in every strategy', async () => {
    const { session } = await start(`${L}&strategies=conventional,sil`);
    await step(session);
    session.actions.change({ strategies: ['conventional'] });
    await step(session);
    session.actions.change({ learningRate: 0.01 });
    session.actions.change({ strategies: ['conventional', 'sil'] });
    const { run, strategies } = await finish(session);
    expect(run!.learningRateChanges).toEqual([{ step: 50, learningRate: 0.01 }]);
    expect(decode(run!.fragment).experiment.learningRate).toBe(1e-3);
    // Cosine from the rate that holds: at the turn after step 50 two thirds are left of it.
    for (const { points } of Object.values(strategies)) {
      const learningRates = new Map(points.map((point) => [point.step, point.learningRate]));
      expect(learningRates.get(50)).toBeLessThan(1e-3);
      expect(learningRates.get(75)).toBeGreaterThan(4e-3);
    }
    expect(strategies.conventional!.points.map(({ learningRate }) => learningRate)).toEqual(
      strategies.sil!.points.map(({ learningRate }) => learningRate),
    );
  });
});

it('label steps beyond the end are spoken of', async () => {
  const { session } = await start(`${L}&epochs=1&strategies=sil&label-steps=5000`);
  expect(session.store.getState().strategies.sil!.warnings).toEqual([
    'Label steps: 5,000 were asked for, but training ends after 150. All partitions train to the end.',
  ]);
});

describe('what is recorded of a run', () => {
  it('is what it was opened with, and not what is set by then', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    await step(session);
    session.actions.change({ learningRate: 0.01 });
    await finish(session);
    session.actions.change({ learningRate: 0.5, strategies: ['conventional', 'sil'] });
    const recording = record(session.store.getState(), new Date(0))!;
    expect(decode(recording.fragment).experiment.learningRate).toBe(1e-3);
    expect(recording.learningRateChanges).toEqual([{ step: 25, learningRate: 0.01 }]);
    expect(recording.data).toBe('ten');
    expect(fromFile('run.json', toFile(recording))).toEqual({ kind: 'run', recording });
    const { session: other } = await start(addressOf(recording, toLink(recording)!, { chart: 'log.y' }));
    const { experiment, recording: shown } = other.store.getState();
    expect(experiment).toEqual(decode(recording.fragment).experiment);
    expect(shown).toMatchObject({ data: 'ten', learningRateChanges: recording.learningRateChanges });
  });

  it('stays so when it is passed on where other data lie', async () => {
    const { session: other } = await start(`${L}&strategies=conventional&epochs=1`);
    await finish(other);
    const recording = {
      ...record(other.store.getState(), new Date(0))!,
      learningRateChanges: [{ step: 25, learningRate: 0.01 }],
      weights: 'mine.safetensors',
    };
    const { session } = await start('data=emnist-balanced&layers=8&cuts=none');
    session.actions.show(recording);
    expect(record(session.store.getState(), new Date(1e12))).toEqual(recording);
  });

  it('names the file of weights that it began with', async () => {
    const { session } = await start(`${L}&strategies=conventional`);
    const layers = denseNetwork(64, [32, 32, 32], 10, 'relu');
    const values = new Float32Array(countParameters(layers)).fill(0.01);
    session.actions.loadWeights(new File([writeSafetensors(layers, values, {})], 'mine.safetensors'));
    await until(session, ({ weights }) => weights !== null);
    expect(record(await step(session), new Date(0))!.weights).toBe('mine.safetensors');
  });
});
