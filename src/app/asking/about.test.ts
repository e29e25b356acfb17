import { afterAll, expect, it } from 'vitest';
import { madeUpDataset } from '../../data/testing.ts';
import { closeSessions, testSession, until } from '../../session/testing.ts';
import { aboutNetwork } from './about.ts';

const DATA = madeUpDataset({ train: 60, test: 10 });
const link = 'data=mnist&layers=9,8&cuts=2&batch=20&epochs=1&turn=3&test=0&strategies=sil,conventional';

const { session } = testSession(`${link}&recovery=1&reduction=sum`, DATA);
afterAll(closeSessions);

it('says what a strategy learns from: its labels as the run weighs them, and from recovery on the classes', async () => {
  await session.ready;
  const about = (id: 'sil' | 'conventional') => {
    const state = session.store.getState();
    return aboutNetwork(id, 1, state.plan!, DATA, state);
  };
  expect(about('sil')).toMatchObject({
    apart: true,
    labels: [{ after: 2, width: 8, coded: 8, behind: 'labels', loss: { scale: 1, weight: 0 } }],
  });
  expect(about('conventional')).toMatchObject({ apart: false, labels: [] });
  session.actions.change({ reduction: 'mean' });
  expect(about('sil').labels[0].loss).toMatchObject({ scale: 1 / 8, weight: 0 });
  session.actions.change({ hybrid: 0.25 });
  expect(about('sil').labels[0].loss).toMatchObject({ scale: 1 / 8, weight: 0.25 });
  session.actions.change({ carry: 0.5 });
  const [carried] = about('sil').labels;
  expect(carried).toMatchObject({ width: 8, coded: 4, behind: 'answers' });
  expect(carried.values).toHaveLength(4 * 10);
  session.actions.change({ carry: 0 });
  session.actions.play();
  await until(session, ({ status }) => status === 'finished');
  expect(session.store.getState().strategies.sil!.points.at(-1)!.phase).toBe('recovery');
  expect(about('sil')).toMatchObject({ apart: false, labels: [{ after: 2 }] });
});
