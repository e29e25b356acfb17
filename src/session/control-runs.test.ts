/**
 * Controls that train for themselves: the frozen front trains the layers behind the first cut and nothing else; the
 * fair twin is conventional training that begins with the features of a cut.
 */
import { afterAll, expect, it } from 'vitest';
import type { StageSpec } from '../engines/contract.ts';
import { ENGINES } from '../engines/registry.ts';
import { epochOrder } from '../experiment/schedule.ts';
import { activationOf, countParameters, outputSize } from '../network/layers/layers.ts';
import { initialParameters } from '../network/initialise.ts';
import { trainedBy } from '../experiment/plan.ts';
import { cutEnds } from '../strategies/sil/cut-ends.ts';
import { featuresOf } from '../strategies/sil/features.ts';
import { distance, expectForetold } from '../strategies/testing.ts';
import { madeUpDataset } from '../data/testing.ts';
import { closeSessions, trainedSession } from './testing.ts';

const DATA = madeUpDataset({ train: 250, test: 60 });
afterAll(closeSessions);

const trained = (settings: string) =>
  trainedSession(`data=mnist&layers=23,ln,17,31&batch=24&epochs=1&turn=0&test=0&seed=4&${settings}`, DATA);

/** The whole network on one device, which the engine trains without any strategy. */
const wholeStage = (
  layers: StageSpec['layers'],
  parameters: Float32Array,
  optimizer: StageSpec['optimizer'],
  training: StageSpec['training'],
): StageSpec => ({
  layers,
  parameters,
  batch: 24,
  optimizer,
  decay: 0,
  source: { kind: 'images', pixels: DATA.pixels, scale: DATA.scale, shift: DATA.shift },
  objective: { kind: 'classes', classes: DATA.classes },
  training,
});

it.each(['sgd', 'adam'])(
  'equals the whole network whose front has no gradients, with %s',
  async (optimizer) => {
    const { session, state } = await trained(
      `strategies=frozen&cuts=3&optimizer=${optimizer}&rate=0.01&schedule=constant`,
    );
    const plan = state.plan!;
    const { experiment } = state;
    const start = initialParameters(plan.network, experiment.seed, plan.initScales);
    const fixed = countParameters(plan.stages[0].layers);

    const engine = await ENGINES.cpu.create();
    const whole = await engine.stage(wholeStage(plan.network, start, experiment.optimizer, 'exchange'));
    await whole.load('train', DATA.train.images, DATA.train.labels);
    await whole.load('test', DATA.test.images, DATA.test.labels);
    const order = epochOrder(experiment.seed, 0, DATA.train.count);
    for (let from = 0; from < order.length; from += 24) {
      const images = order.slice(from, from + 24);
      await whole.forward(0, { kind: 'images', split: 'train', order: images });
      await whole.backward(0, { divisor: images.length });
      await whole.writeGradients((await whole.readGradients()).fill(0, 0, fixed));
      await whole.optimizerStep(experiment.learningRate);
    }

    const found = (await session.parameters('frozen'))!;
    expect(found.slice(0, fixed)).toEqual(start.slice(0, fixed));
    expect(found.slice(fixed)).not.toEqual(start.slice(fixed));
    // An update of Adam divides the parameters by their place into vectors and a remainder, whose last bits differ.
    expect(distance(found, await whole.readParameters())).toBeLessThan(5e-7);
    const all = Uint32Array.from({ length: DATA.test.count }, (_, index) => index);
    const { score } = await whole.infer({ kind: 'images', split: 'test', order: all }, { score: true });
    expect(state.strategies.frozen!.final!.accuracy).toBe(score!.correct / DATA.test.count);
    expect(state.strategies.frozen!.points.at(-1)!.testLoss).toBeCloseTo(score!.loss / DATA.test.count, 5);
    await engine.dispose();
  },
);

it('is conventional training where there is no cut', async () => {
  const { session } = await trained('strategies=conventional,frozen&cuts=');
  expect(await session.parameters('frozen')).toEqual(await session.parameters('conventional'));
});

it('keeps features in its front where the first partition is one layer that learns them', async () => {
  const { session, state } = await trained('strategies=sil,frozen&cuts=1&targets=features&activation=relu');
  const { plan, experiment } = state;
  const features = await featuresOf({ plan: plan!, experiment, data: DATA });
  const found = (await session.parameters('frozen'))!;
  expect(found.slice(0, features!.parameters.length)).toEqual(features!.parameters);
});

it('keeps what labels carry in its front where one layer makes it: it is the last part alone', async () => {
  const { session, state } = await trained(
    'strategies=sil,frozen&cuts=1,3&carry=0.75&swap=0.5&activation=tanh',
  );
  const plan = state.plan!;
  const [{ what }] = await cutEnds({ plan, experiment: state.experiment, data: DATA });
  const { layers, parameters } = (what as Extract<typeof what, { kind: 'fixed' }>).fixed;
  const found = (await session.parameters('frozen'))!;
  expect(found.slice(0, parameters.length)).toEqual(parameters);
  const { network } = trainedBy('frozen', plan);
  expect(network.map(activationOf)).toEqual([
    activationOf(layers[0]),
    ...plan.network.slice(1).map(activationOf),
  ]);
  expectForetold(state.strategies.frozen!.devices, state.costEstimates.frozen!);
});

it('holds what closed forms foretell, and sends nothing', async () => {
  const { state } = await trained('strategies=frozen&cuts=1,3');
  const { devices } = state.strategies.frozen!;
  expect(devices).toHaveLength(1);
  expectForetold(devices, state.costEstimates.frozen!);
  const [{ sent }] = devices;
  expect(Object.values(sent).map(({ bytes }) => bytes)).toEqual(Object.values(sent).map(() => 0));
});

it.each(['1', '3'])(
  'a fair twin is conventional training that begins with features, to the bit: cut after %s',
  async (cuts) => {
    const features = `cuts=${cuts}&targets=features&activation=relu&rate=0.01&schedule=constant`;
    const { session, state } = await trained(`strategies=conventional,twin&${features}`);
    const { plan, experiment, strategies } = state;
    const start = initialParameters(plan!.network, experiment.seed, plan!.initScales);
    // As many as its first layer has units, whatever stands at the cut.
    const units = outputSize(plan!.network.slice(0, 1));
    start.set((await featuresOf({ plan: plan!, experiment, data: DATA }, units))!.parameters);

    const engine = await ENGINES.cpu.create();
    const whole = await engine.stage(wholeStage(plan!.network, start, experiment.optimizer, 'local'));
    await whole.load('train', DATA.train.images, DATA.train.labels);
    await whole.train({
      batches: { kind: 'images', order: epochOrder(experiment.seed, 0, DATA.train.count) },
      learningRates: new Float32Array(plan!.stepsPerEpoch).fill(experiment.learningRate),
    });
    expect(await session.parameters('twin')).toEqual(await whole.readParameters());
    expect(await session.parameters('twin')).not.toEqual(await session.parameters('conventional'));
    expect(strategies.twin!.devices[0].memory).toEqual(strategies.conventional!.devices[0].memory);
    await engine.dispose();
  },
);

it('a fair twin without features is conventional training', async () => {
  const { session } = await trained('strategies=conventional,twin&cuts=1&targets=codes');
  expect(await session.parameters('twin')).toEqual(await session.parameters('conventional'));
});
