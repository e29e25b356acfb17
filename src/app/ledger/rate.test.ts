import { afterEach, expect, it } from 'vitest';
import { closeSessions, readySession, finish } from '../../session/testing.ts';
import { rateOfRun } from './rate.ts';

afterEach(closeSessions);

it('is the run’s own, also one set on the way, and not what is set beside it', async () => {
  const { session } = await readySession('layers=8,8&cuts=1&epochs=1&batch=50&turn=10&rate=0.02&engine=cpu');
  const { actions, store } = session;
  const rate = () => rateOfRun(store.getState());
  actions.change({ learningRate: 0.03 });
  expect(rate()).toBe(0.03);
  await finish(session);
  actions.change({ learningRate: 5 });
  expect(store.getState().experiment.learningRate).toBe(5);
  expect(rate()).toBe(0.03);
});
