/** One hand-off: one partition after the other learns by a head of its own, and what it gives is sent once. */
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAtCuts } from '../devices/crossing.ts';
import { learningRatesBetween } from '../experiment/schedule.ts';
import { countParameters } from '../network/layers/layers.ts';
import { givenBy, imagesAt, joined, learnByHand, partsOf, pixelsOf } from '../strategies/heads/testing.ts';
import { distance, expectForetold } from '../strategies/testing.ts';
import { madeUpDataset } from '../data/testing.ts';
import type { SessionState } from './state.ts';
import { PLUG, closeSessions, linkWith, readAlong, readySession, trainedSession, until } from './testing.ts';

/** 250 images in batches of 24: ten whole ones and one of 10. */
const DATA = madeUpDataset({ train: 250, test: 60 });
const STEPS = 11;

const LINK = 'data=mnist&layers=23,17,31,16,12&batch=24&epochs=2&turn=0&test=0&seed=4&strategies=handoff';

afterAll(closeSessions);

const trained = (settings: string) => trainedSession(linkWith(LINK, settings), DATA);

/** The same in plain loops: each part to its end, on what the finished one before it gives. */
function byHand({ experiment, plan }: SessionState): Float32Array {
  const { schedule, learningRate } = experiment;
  const parts = partsOf(experiment, plan!);
  const rates = learningRatesBetween(schedule, learningRate, 0, plan!.totalSteps, plan!.totalSteps);
  parts.forEach((part, rank) =>
    rates.forEach((rate, at) => {
      const images = imagesAt(experiment, DATA, at);
      const x = parts
        .slice(0, rank)
        .reduce((given, before) => givenBy(before, given, images.length), pixelsOf(DATA, images));
      const targets = Array.from(images, (image) => DATA.train.labels[image]);
      learnByHand(part, x, targets, { ...experiment, learningRate: rate, number: at + 1 });
    }),
  );
  return Float32Array.from(joined(parts, plan!.network).flat);
}

describe('what is learned', () => {
  it('is conventional training, to the bit, where nothing is cut: recovery epochs, too', async () => {
    const { session, state } = await trained('cuts=&recovery=3&strategies=conventional,handoff');
    expect(await session.parameters('handoff')).toEqual(await session.parameters('conventional'));
    const of = (id: 'conventional' | 'handoff') =>
      state.strategies[id]!.points.map(({ testLoss, flops }) => [testLoss, flops]);
    expect(of('handoff')).toEqual(of('conventional'));
  });

  it.each(['3', '1,2,4'])('is, part by part, what plain loops learn: cuts after %s', async (cuts) => {
    const { session, state } = await trained(`cuts=${cuts}`);
    const [found, expected] = [(await session.parameters('handoff'))!, byHand(state)];
    expect(found).toHaveLength(expected.length);
    // Float32 roundings over twenty-two steps of Adam each; a wrong gradient moves every parameter by a part of the rate,
    // 1e-2 of this norm.
    expect(distance(found, expected)).toBeLessThan(1e-5);
  });

  it('does not depend on turns, nor on who reads meanwhile', async () => {
    const { session: calm } = await trained('cuts=1,3');
    const { session } = await readySession(linkWith(LINK, 'cuts=1,3&turn=3'), DATA);
    await readAlong(session, ['handoff']);
    expect(await session.parameters('handoff')).toEqual(await calm.parameters('handoff'));
  });
});

it('trains one partition after the other, each for all epochs: only one is at work, and the last one’s loss is the network’s', async () => {
  const { state } = await trained('cuts=2,4&turn=1');
  const points = state.strategies.handoff!.points.slice(1);
  expect(points).toHaveLength(2 * STEPS);
  const working = points.map(({ rankLosses }) =>
    rankLosses.map((loss) => (Number.isNaN(loss) ? '' : 'x')).join('|'),
  );
  // 22 steps of each partition, three in a turn: the eighth turn and the fifteenth belong to two.
  expect([...new Set(working)]).toEqual(['x||', 'x|x|', '|x|', '|x|x', '||x']);
  for (const { rankLosses, trainLoss } of points)
    expect(trainLoss).toBe(Number.isNaN(rankLosses[2]) ? null : rankLosses[2]);
  // The work of all of it is what closed forms say.
  const costEstimate = state.costEstimates.handoff!;
  expect(points.at(-1)!.flops).toBeCloseTo(2 * STEPS * costEstimate.flopsPerStep, 3);
});

it('says that a device waits until it is handed what it learns from', async () => {
  const { state } = await trained('cuts=3');
  const [first, second] = state.strategies.handoff!.devices.map(({ spans }) => spans);
  const wait = second.find(({ kind, label }) => kind === 'wait' && label === 'handed')!;
  const updates = (spans: typeof first) => spans.filter(({ kind }) => kind === 'update');
  // The first partition has its last step in the turn in which the second one has its first.
  expect(wait.end).toBeGreaterThanOrEqual(updates(first).at(-1)!.end);
  expect(wait.end).toBeLessThanOrEqual(updates(second)[0].start);
});

it('sends and holds what closed forms foretell', async () => {
  const { session, state } = await trained('cuts=2,4');
  const { devices } = state.strategies.handoff!;
  const costEstimate = state.costEstimates.handoff!;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const crossed = bytesAtCuts(
    devices.map(({ sentTo }) => sentTo),
    2,
    'training',
  );
  // Every image once, whatever the epochs.
  expect(crossed).toEqual([4 * 250 * 17, 4 * 250 * 16]);
  expect(sum(crossed)).toBeCloseTo(2 * STEPS * costEstimate.bytesPerStep, 6);
  const messages = sum(devices.map(({ sent }) => sent.training.messages));
  expect(messages).toBeCloseTo(2 * STEPS * costEstimate.messagesPerStep, 6);
  expect(devices.map(({ sentTo }) => Object.keys(sentTo.training).map(Number))).toEqual([[1], [2], []]);
  expectForetold(devices, costEstimate);
  devices.forEach(({ memory }, rank) => {
    // What was handed over is let go of once it has been learned from.
    const handed = 4 * 250 * [0, 17, 16][rank];
    expect(memory.peakByKind.activations - memory.byKind.activations).toBe(handed);
  });
  expect(await session.parameters('handoff')).toHaveLength(countParameters(state.plan!.network));
});

it('recovers end to end: gradients come back', async () => {
  const { state } = await trained('cuts=2,4&epochs=1&recovery=2');
  const { devices, points } = state.strategies.handoff!;
  const crossed = bytesAtCuts(
    devices.map(({ sentTo }) => sentTo),
    2,
    'training',
  );
  expect(crossed).toEqual([17, 16].map((width) => 4 * 250 * width * (1 + 2 * 2)));
  const [trainedAt, recoveredAt] = [points.findLast(({ phase }) => phase === 'training')!, points.at(-1)!];
  expect(recoveredAt.testLoss).toBeLessThan(trainedAt.testLoss);
});

it('says which device is gone, also one that waits', async () => {
  const { session, newest } = await readySession(linkWith(LINK, 'cuts=1,2&epochs=40'), DATA);
  session.actions.play();
  await until(session, ({ strategies }) => strategies.handoff!.points.length > 1);
  newest(2).crash(PLUG);
  await until(session, ({ strategies }) => strategies.handoff!.status === 'failed');
  expect(session.store.getState().strategies.handoff!.error).toBe(`Device 3 is gone: ${PLUG}`);
});
