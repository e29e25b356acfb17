/** Local losses: what each stage learns, what crosses the cuts, what devices hold, and that running ahead changes none of it. */
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAtCuts } from '../devices/crossing.ts';
import { learningRatesBetween } from '../experiment/schedule.ts';
import { countParameters } from '../network/layers/layers.ts';
import {
  givenBy,
  imagesAt,
  joined,
  learnByHand,
  partsOf,
  pixelsOf,
  type Part,
} from '../strategies/heads/testing.ts';
import { distance, expectForetold } from '../strategies/testing.ts';
import { madeUpDataset } from '../data/testing.ts';
import type { SessionState } from './state.ts';
import { closeSessions, linkWith, readAlong, readySession, trainedSession } from './testing.ts';

/** 250 images in batches of 24: ten whole ones and one of 10. */
const DATA = madeUpDataset({ train: 250, test: 60 });
const STEPS = 11;

const LINK = 'data=mnist&layers=23,17,31,16,12&batch=24&epochs=1&turn=0&test=0&seed=4&strategies=local';

afterAll(closeSessions);

const trained = (settings: string) => trainedSession(linkWith(LINK, settings), DATA);

/** The same in plain loops: stage by stage, each with its own loss; then all of it with one. */
function byHand({ experiment, plan }: SessionState) {
  const { epochs, recovery, recoveryLearningRate, schedule, learningRate } = experiment;
  const { stages, network } = plan!;
  /** @returns The mean loss of each part, on what the one before gives. */
  const step = (parts: readonly Part[], images: Uint32Array, rate: number, number: number) => {
    const targets = Array.from(images, (image) => DATA.train.labels[image]);
    let x = pixelsOf(DATA, images);
    return parts.map((part) => {
      const given = givenBy(part, x, images.length);
      const loss = learnByHand(part, x, targets, { ...experiment, learningRate: rate, number });
      x = given;
      return loss;
    });
  };
  const total = STEPS * epochs;
  const parts = partsOf(experiment, plan!);
  const rates = learningRatesBetween(schedule, learningRate, 0, total, total);
  const losses = Array.from(rates, (rate, at) => step(parts, imagesAt(experiment, DATA, at), rate, at + 1));
  const whole = joined(parts, network);
  for (let at = 0; at < STEPS * recovery; at++)
    step([whole], imagesAt(experiment, DATA, total + at), recoveryLearningRate, at + 1);
  const lastEpoch = losses.slice(-STEPS);
  return {
    parameters: Float32Array.from(whole.flat),
    losses: stages.map((_, rank) => lastEpoch.reduce((sum, one) => sum + one[rank] / STEPS, 0)),
  };
}

describe('what is learned', () => {
  it.each(['cuts=3', 'cuts=1,2,4', 'layers=23,ln,17,16&cuts=2,3', 'cuts=2,4&recovery=2&recovery-rate=0.01'])(
    'is, stage by stage, what plain loops learn from a head each: %s',
    async (settings) => {
      const { session, state } = await trained(settings);
      const { parameters: expected, losses } = byHand(state);
      const found = (await session.parameters('local'))!;
      expect(found).toHaveLength(expected.length);
      // Float32 roundings over eleven steps of Adam; a wrong gradient moves every parameter by a part of the rate, 1e-2 of this norm.
      expect(distance(found, expected)).toBeLessThan(1e-5);
      // Each stage's own loss, and the network's is that of the last one.
      const { rankLosses, trainLoss } = state.strategies.local!.points.findLast(
        ({ phase }) => phase === 'training',
      )!;
      rankLosses.forEach((loss, rank) => expect(loss).toBeCloseTo(losses[rank], 4));
      expect(trainLoss).toBeCloseTo(losses.at(-1)!, 4);
    },
  );

  it('is conventional training, to the bit, where nothing is cut', async () => {
    const { session } = await trained('cuts=&strategies=conventional,local');
    expect(await session.parameters('local')).toEqual(await session.parameters('conventional'));
  });

  it('does not depend on how far stages run ahead, nor on who reads meanwhile', async () => {
    const { session: calm } = await trained('cuts=1,3&lag=0');
    const { session } = await readySession(linkWith(LINK, 'cuts=1,3&lag=3'), DATA);
    await readAlong(session, ['local']);
    expect(await session.parameters('local')).toEqual(await calm.parameters('local'));
  });
});

it.each([0, 2])('sends and holds what closed forms foretell, with a lag of %i', async (lag) => {
  const { session, state } = await trained(`cuts=2,4&lag=${lag}&strategies=model,local`);
  const { local, model } = state.strategies;
  const costEstimate = state.costEstimates.local!;
  const sent = local!.devices.map((device) => device.sent);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const bytes = sum(sent.map(({ training }) => training.bytes));
  // 250 images once over cuts of 17 and 16 units: half of what model parallelism sends, in half the messages.
  expect(bytes).toBe(4 * 250 * (17 + 16));
  expect(bytes).toBe((250 / 24) * costEstimate.bytesPerStep);
  expect(2 * bytes).toBe(sum(model!.devices.map((device) => device.sent.training.bytes)));
  expect(sum(sent.map(({ training }) => training.messages))).toBe(STEPS * costEstimate.messagesPerStep);
  expect(
    bytesAtCuts(
      local!.devices.map(({ sentTo }) => sentTo),
      2,
      'training',
    ),
  ).toEqual([4 * 250 * 17, 4 * 250 * 16]);
  // Only onwards.
  expect(local!.devices.map(({ sentTo }) => Object.keys(sentTo.training).map(Number))).toEqual([
    [1],
    [2],
    [],
  ]);
  expect(sum(sent.map(({ evaluation }) => evaluation.bytes))).toBe(3 * costEstimate.evaluationBytes(60));
  expectForetold(local!.devices, costEstimate);
  // Each stage but the last has a head of (17 + 1) · 10 and (16 + 1) · 10 parameters beside the network's own.
  const network = countParameters(state.plan!.network);
  expect(sum(costEstimate.devices.map(({ parameters }) => parameters))).toBe(network + 180 + 170);
  expect(await session.parameters('local')).toHaveLength(network);
});

it('sends gradients too, and holds no head, once stages are trained end to end', async () => {
  const { state } = await trained('cuts=2,4&recovery=2');
  const { devices } = state.strategies.local!;
  const sent = bytesAtCuts(
    devices.map(({ sentTo }) => sentTo),
    2,
    'training',
  );
  expect(sent).toEqual([17, 16].map((width) => 4 * 250 * width * (1 + 2 * 2)));
  const held = devices.reduce((sum, { memory }) => sum + memory.byKind.parameters, 0);
  expect(held).toBe(4 * countParameters(state.plan!.network));
});

it('keeps no stage further behind than its lag allows', async () => {
  const { state } = await trained('cuts=1,3&lag=2&batch=2');
  const ends = state.strategies.local!.devices.map(({ spans }) =>
    spans.filter(({ kind }) => kind === 'update').map(({ end }) => end),
  );
  const [first, second] = ends.map((all) => all.slice(-40));
  expect(first.length).toBe(40);
  // Step t + 3 of the first does not end before step t of the second has.
  for (let t = 0; t + 3 < 40; t++) expect(first[t + 3]).toBeGreaterThanOrEqual(second[t]);
});
