import { afterEach, expect, it } from 'vitest';
import { madeUpDataset } from '../../data/testing.ts';
import { decode } from '../../experiment/link.ts';
import { record } from '../../session/recording/recording.ts';
import { closeSessions, readySession, until } from '../../session/testing.ts';
import { besideSettings, exported } from './exported.ts';

const LINK = 'data=mnist&layers=8&cuts=none&batch=50&epochs=2&turn=5&test=20&seed=4&strategies=conventional';
const LETTERS = { ...madeUpDataset({ classes: 26, train: 260 }), id: 'emnist-letters' } as const;

afterEach(closeSessions);

it('is the run as it was opened, and stays so when it is looked at beside other data', async () => {
  const { session } = await readySession(LINK, async (id) => (id === 'mnist' ? madeUpDataset() : LETTERS));
  const { actions, store } = session;
  actions.step();
  await until(session, ({ status, run }) => run !== null && status === 'paused');
  actions.change({ learningRate: 0.5, strategies: ['conventional', 'sil'] });
  const rates = [{ step: 5, learningRate: 0.5 }];
  const shown = () => ({ ...exported(store.getState()), ...besideSettings(store.getState()) });
  expect(shown()).toMatchObject({
    experiment: { ...decode(LINK).experiment, strategies: ['conventional', 'sil'] },
    shape: { trainCount: madeUpDataset().train.count },
    learningRateChanges: rates,
  });

  const recording = { ...record(store.getState(), new Date(0))!, weights: 'mine.safetensors' };
  actions.chooseData('emnist-letters');
  await until(session, ({ dataset }) => dataset?.id === 'emnist-letters');
  expect(shown()).toMatchObject({
    experiment: { data: 'emnist-letters', learningRate: 0.5 },
    shape: { classes: 26, trainCount: 260 },
    weights: undefined,
    learningRateChanges: [],
  });
  actions.show(recording);
  expect(shown()).toMatchObject({
    experiment: { data: 'mnist', learningRate: 1e-3 },
    // Of the official files, since the recording's own are not at hand.
    shape: { classes: 10, trainCount: 60_000 },
    weights: 'mine.safetensors',
    learningRateChanges: rates,
  });
});
