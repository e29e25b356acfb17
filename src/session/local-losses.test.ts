/** Local losses: what each stage learns, what crosses the cuts, what devices hold, and that running ahead changes none of it. */
import { setFlagsFromString } from 'node:v8';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAtCuts } from '../devices/crossing.ts';
import { epochOrder, learningRatesBetween } from '../experiment/schedule.ts';
import { turn } from '../messages/pause.ts';
import { initialParameters } from '../network/initialise.ts';
import type { Numbers } from '../network/layers/layer.ts';
import {
  backwardLayer,
  countParameters,
  forwardLayer,
  unflattenParameters,
} from '../network/layers/layers.ts';
import type { NetworkSpec } from '../network/spec.ts';
import { softmaxCrossEntropy, updateParameters } from '../network/reference.ts';
import { headOf, headParameters } from '../strategies/heads/head.ts';
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

/** The same in plain loops and double precision: stage by stage, each with its own loss. */
function byHand({ experiment, plan }: ReturnType<Session['store']['getState']>) {
  const { batch, optimizer, decay, seed, initScale, learningRate } = experiment;
  const { network, initScales, stages, classes } = plan!;
  const all = initialParameters(network, seed, initScales);
  let at = 0;
  const parts = stages.map(({ layers }, rank) => {
    const head = rank < stages.length - 1 ? headOf(layers, classes) : [];
    const own = all.slice(at, (at += countParameters(layers)));
    const flat = Float64Array.of(
      ...own,
      ...(head.length > 0 ? headParameters(head, { seed, stage: rank, initScale }) : []),
    );
    return {
      body: layers.length,
      layers: [...layers, ...head],
      flat,
      moments: [flat, flat].map(() => flat.map(() => 0)),
    };
  });
  const order = epochOrder(seed, 0, DATA.train.count);
  const rates = learningRatesBetween(experiment.schedule, learningRate, 0, STEPS, STEPS);
  const losses = stages.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const images = order.subarray(step * batch, (step + 1) * batch);
    const targets = Array.from(images, (image) => DATA.train.labels[image]);
    let x: Numbers = Float64Array.from(
      [...images].flatMap((image) =>
        Array.from(
          DATA.train.images.subarray(image * DATA.pixels, (image + 1) * DATA.pixels),
          (byte) => byte * DATA.scale + DATA.shift,
        ),
      ),
    );
    for (const [rank, { body, layers, flat, moments }] of parts.entries()) {
      const outputs = passed(layers, flat, x, images.length);
      const loss = softmaxCrossEntropy(outputs.at(-1)!, targets, classes, images.length);
      losses[rank] += loss.sum / images.length / STEPS;
      let dy = loss.gradient;
      const gradients = new Float64Array(flat.length);
      const [parameters, found] = [flat, gradients].map((values) => unflattenParameters(layers, values));
      for (let index = layers.length - 1; index >= 0; index--) {
        const back = backwardLayer(
          layers[index],
          parameters[index],
          outputs[index],
          outputs[index + 1],
          dy,
          images.length,
        );
        for (const [name, values] of Object.entries(back.parameters)) found[index][name].set(values);
        dy = back.input as Float64Array<ArrayBuffer>;
      }
      updateParameters(optimizer, flat, gradients, moments, { learningRate: rates[step], decay }, step + 1);
      x = outputs[body];
    }
  }
  const parameters = Float32Array.from(
    parts.flatMap(({ body, layers, flat }) => [...flat.subarray(0, countParameters(layers.slice(0, body)))]),
  );
  return { parameters, losses };
}

function passed(layers: NetworkSpec, flat: Float64Array, x: Numbers, count: number): Numbers[] {
  const outputs = [x];
  unflattenParameters(layers, flat).forEach((parameters, index) =>
    outputs.push(forwardLayer(layers[index], parameters, outputs[index], count)),
  );
  return outputs;
}

describe('what is learned', () => {
  it.each(['cuts=3', 'cuts=1,2,4', 'layers=23,ln,17,16&cuts=2,3'])(
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
      const { rankLosses, trainLoss } = state.strategies.local!.points.at(-1)!;
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
