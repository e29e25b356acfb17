import { afterAll, expect, it } from 'vitest';
import type { Session } from '../../session/session.ts';
import { madeUpDataset } from '../../data/testing.ts';
import { closeSessions, trainedSession, until } from '../../session/testing.ts';
import { actFor, giveBack } from './before.ts';
import { STEPS } from './steps.ts';

const DATA = madeUpDataset({ train: 250, test: 60 });
afterAll(closeSessions);

/** A session with a finished run. */
const trained = async (): Promise<Session> =>
  (await trainedSession('data=mnist&layers=24,24&cuts=1&epochs=1&turn=0&test=20', DATA)).session;

/** Goes through all that the tour does. */
async function toured(session: Session): Promise<void> {
  for (const { act } of STEPS) {
    actFor(session, act);
    if (session.store.getState().status !== 'idle')
      await until(session, ({ status }) => status === 'finished');
  }
}

it('gives back the run that was there before the tour', async () => {
  const session = await trained();
  const { run, fragment, strategies } = session.store.getState();
  for (const { act } of STEPS.slice(0, 3)) actFor(session, act);
  expect(session.store.getState().run?.id).not.toBe(run!.id);
  giveBack(session);
  expect(session.store.getState()).toMatchObject({ fragment, run: { id: run!.id }, status: 'finished' });
  expect(session.store.getState().strategies.sil!.final).toEqual(strategies.sil!.final);
  // What the tour made is no more lost than what it found.
  expect(session.store.getState().canRedo).toBe(true);
});

it('gives back the settings where runs of its own have taken the place of the one that was there', async () => {
  const session = await trained();
  const { fragment } = session.store.getState();
  await toured(session);
  expect(session.store.getState().fragment).not.toBe(fragment);
  giveBack(session);
  expect(session.store.getState().fragment).toBe(fragment);
});

it('leaves what someone has changed since', async () => {
  const session = await trained();
  await toured(session);
  session.actions.change({ seed: 77 });
  const { fragment } = session.store.getState();
  giveBack(session);
  expect(session.store.getState().fragment).toBe(fragment);
});

it('has nothing to give back where the tour did nothing', async () => {
  const session = await trained();
  const before = session.store.getState();
  giveBack(session);
  expect(session.store.getState()).toBe(before);
});
