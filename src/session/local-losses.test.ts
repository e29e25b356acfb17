/** Local losses: what each stage learns, what crosses the cuts, what devices hold, and that running ahead changes none of it. */
import { setFlagsFromString } from 'node:v8';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAtCuts } from '../devices/crossing.ts';
import { learningRatesBetween } from '../experiment/schedule.ts';
import { turn } from '../messages/pause.ts';
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
import type { Session } from './session.ts';
import { madeUpDataset, testSession, until } from './testing.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

/** 250 images in batches of 24: ten whole ones and one of 10. */
const DATA = madeUpDataset({ train: 250, test: 60 });
const STEPS = 11;

const open: Session[] = [];
afterAll(async () => {
  await Promise.all(open.map((session) => session.close()));
});

async function sessionOf(settings: string, strategies = 'local') {
  const link = `data=mnist&epochs=1&turn=0&test=0&seed=4&strategies=${strategies}&${new URLSearchParams({ layers: '23,17,31,16,12', batch: '24', ...Object.fromEntries(new URLSearchParams(settings)) })}`;
  const { session, devices } = testSession(link, DATA);
  open.push(session);
  await session.ready;
  return { session, devices };
}

async function trained(settings: string, strategies = 'local') {
  const { session } = await sessionOf(settings, strategies);
  session.actions.play();
  await until(session, ({ status }) => status === 'finished' || status === 'failed');
  const state = session.store.getState();
  expect(Object.values(state.strategies).map(({ error }) => error)).toEqual(
    strategies.split(',').map(() => null),
  );
  return { session, state };
}

/** The same in plain loops: stage by stage, each with its own loss; then all of it with one. */
function byHand({ experiment, plan }: ReturnType<Session['store']['getState']>) {
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
      const norm = (values: Float32Array) => Math.hypot(...values);
      // Float32 roundings over eleven steps of Adam; a wrong gradient moves every parameter by a part of the rate, 1e-2 of this norm.
      expect(norm(found.map((value, i) => value - expected[i])) / norm(expected)).toBeLessThan(1e-5);
      // Each stage's own loss, and the network's is that of the last one.
      const { rankLosses, trainLoss } = state.strategies.local!.points.findLast(
        ({ phase }) => phase === 'training',
      )!;
      rankLosses.forEach((loss, rank) => expect(loss).toBeCloseTo(losses[rank], 4));
      expect(trainLoss).toBeCloseTo(losses.at(-1)!, 4);
    },
  );

  it('is conventional training, to the bit, where nothing is cut', async () => {
    const { session } = await trained('cuts=', 'conventional,local');
    expect(await session.parameters('local')).toEqual(await session.parameters('conventional'));
  });

  it('does not depend on how far stages run ahead, nor on who reads meanwhile', async () => {
    const { session: calm } = await trained('cuts=1,3&lag=0');
    const { session } = await sessionOf('cuts=1,3&lag=3');
    session.actions.play();
    while (!['finished', 'failed'].includes(session.store.getState().status)) {
      await session.parameters('local');
      await turn();
    }
    expect(await session.parameters('local')).toEqual(await calm.parameters('local'));
  });
});

it.each([0, 2])('sends and holds what closed forms foretell, with a lag of %i', async (lag) => {
  const { state } = await trained(`cuts=2,4&lag=${lag}`, 'model,local');
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
  local!.devices.forEach(({ memory }, rank) => {
    const modelled = costEstimate.devices[rank].memory;
    for (const kind of ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const)
      expect(memory.peakByKind[kind], `device ${rank} ${kind}`).toBe(modelled[kind]);
    expect(memory.peakByKind.activations).toBeGreaterThanOrEqual(modelled.activations);
    expect(memory.peakByKind.workspace).toBeGreaterThanOrEqual(modelled.workspace);
  });
  // Each stage but the last has a head of (17 + 1) · 10 and (16 + 1) · 10 parameters beside the network's own.
  const network = countParameters(state.plan!.network);
  expect(sum(costEstimate.devices.map(({ parameters }) => parameters))).toBe(network + 180 + 170);
  expect(await open.at(-1)!.parameters('local')).toHaveLength(network);
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

it('says which device is gone, and the others go on', async () => {
  const { session, devices } = testSession(
    'data=mnist&layers=64,64,64&cuts=1,2&batch=10&epochs=40&turn=0&test=20&strategies=conventional,local',
    DATA,
  );
  open.push(session);
  await session.ready;
  session.actions.play();
  await until(
    session,
    ({ strategies }) => strategies.local!.status === 'turn' && strategies.local!.points.length > 1,
  );
  for (let i = 0; i < 20; i++) await turn();
  devices.findLast(({ rank }) => rank === 1)!.device.crash('The test pulled the plug.');
  await until(session, ({ strategies }) => strategies.local!.status === 'failed');
  expect(session.store.getState().strategies.local!.error).toBe(
    'Device 2 is gone: The test pulled the plug.',
  );
  const before = session.store.getState().strategies.conventional!.points.length;
  await until(session, ({ strategies }) => strategies.conventional!.points.length > before);
});
