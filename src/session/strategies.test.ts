/** The strategies that should be conventional training, only spread differently, are: same seed, same parameters. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.ts';
import { inProcessSpawner } from '../devices/in-process.ts';
import { chunkOf } from '../devices/collectives/ring.ts';
import { bytesAtCuts } from '../devices/crossing.ts';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { ENGINES } from '../engines/registry.ts';
import { exchangeBytesAtCuts } from '../experiment/cost/traffic.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import { countParameters, inputSize, outputSize } from '../network/layers/layers.ts';
import { OPTIMIZER_IDS, type OptimizerId } from '../network/optimizers/registry.ts';
import { turn } from '../messages/pause.ts';
import { madeUpDataset } from '../data/testing.ts';
import { dataParallel } from '../strategies/data-parallel/index.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { distance, expectForetold } from '../strategies/testing.ts';
import { PLUG, closeSessions, linkWith, readAlong, readySession, trainedSession, until } from './testing.ts';

const DATA = madeUpDataset({ train: 250, test: 60 });
const EXCHANGING = ['model', 'pipeline', 'data', 'fsdp'] as const;
const CUTS: Record<number, string> = { 1: '', 2: '3', 3: '2,4', 5: '1,2,3,5' };

afterAll(closeSessions);

const LAYERS = '23,17,31,16,12';
/** The same with layer normalisation: cuts before one and behind another. */
const NORMALISED = '23,ln,17,ln,31';

const linkOf = (settings: string, strategies: readonly StrategyId[], layers: string) =>
  `data=mnist&layers=${layers}&batch=24&epochs=1&turn=0&test=0&seed=4&strategies=${strategies.join(',')}&${settings}`;

/** Trains to the end; 250 images in batches of 24: ten whole ones and one of 10, so every division is uneven. */
const trained = (
  settings: string,
  strategies: readonly StrategyId[],
  layers = LAYERS,
  data: Dataset = DATA,
) => trainedSession(linkOf(settings, strategies, layers), data);

const RATES: Readonly<Record<OptimizerId, number>> = {
  sgd: 0.05,
  momentum: 0.05,
  adam: 0.001,
  adamw: 0.001,
  lion: 0.0001,
};

it('train on while their parameters are read, and end with the same', async () => {
  const settings = 'cuts=2,4&devices=3&micro=3';
  const strategies = ['conventional', 'sil', ...EXCHANGING] as const;
  const undisturbed = await trained(settings, strategies);
  const { session } = await readySession(linkOf(settings, strategies, LAYERS), DATA);
  expect(await readAlong(session, strategies)).toBeGreaterThan(10);
  for (const id of strategies) {
    expect(session.store.getState().strategies[id]!.error, id).toBeNull();
    expect(await session.parameters(id), id).toEqual(await undisturbed.session.parameters(id));
  }
});

describe.each([1, 2, 3, 5])('on %i devices', (devices) => {
  it.each(OPTIMIZER_IDS)('all end where conventional training does, with %s', async (optimizer) => {
    const { session, state } = await trained(
      `cuts=${CUTS[devices]}&devices=${devices}&optimizer=${optimizer}&micro=3&rate=${RATES[optimizer]}&decay=0.1`,
      ['conventional', ...EXCHANGING],
    );
    const expected = (await session.parameters('conventional'))!;
    for (const id of EXCHANGING) {
      expect(state.strategies[id]!.devices).toHaveLength(devices);
      const found = (await session.parameters(id))!;
      // The same sums in another order: a few float32 roundings of 6e-8, averaged over thousands of parameters. 1.2e-8
      // was the most seen; wrong mathematics gives 1e-2 and more.
      expect(distance(found, expected), id).toBeLessThan(5e-7);
    }
    // One micro-batch through the same layers is the same arithmetic in the same order.
    expect(await session.parameters('model')).toEqual(expected);
    const [conventional, model] = [state.strategies.conventional!, state.strategies.model!];
    expect(model.points.map(({ testAccuracy }) => testAccuracy)).toEqual(
      conventional.points.map(({ testAccuracy }) => testAccuracy),
    );
    expect(model.points.at(-1)!.trainLoss).toBeCloseTo(conventional.points.at(-1)!.trainLoss!, 5);
  });
});

it('all end where conventional training does with layer normalisation on both sides of a cut', async () => {
  const { session } = await trained(
    'cuts=1,4&devices=3&micro=3',
    ['conventional', ...EXCHANGING],
    NORMALISED,
  );
  const expected = (await session.parameters('conventional'))!;
  for (const id of EXCHANGING)
    expect(distance((await session.parameters(id))!, expected), id).toBeLessThan(5e-7);
  expect(await session.parameters('model')).toEqual(expected);
});

describe('of uneven classes', () => {
  const uneven = madeUpDataset({ train: 250, test: 60, rarest: 3 });

  it.each(['sampling', 'weights'])('all end where conventional training does, with %s', async (balance) => {
    const settings = `cuts=2,4&devices=3&micro=3&recovery=1&balance=${balance}`;
    const { session, state } = await trained(settings, ['conventional', ...EXCHANGING], LAYERS, uneven);
    const expected = (await session.parameters('conventional'))!;
    for (const id of EXCHANGING)
      expect(distance((await session.parameters(id))!, expected), id).toBeLessThan(5e-7);
    expect(await session.parameters('model')).toEqual(expected);
    const loss = (id: StrategyId) => state.strategies[id]!.points.at(-1)!.trainLoss!;
    for (const id of EXCHANGING) expect(loss(id), id).toBeCloseTo(loss('conventional'), 5);

    // Without a cut these are conventional training: what has images draws and weighs them as every other strategy does.
    const apart = ['sil', 'local', 'handoff'] as const;
    const uncut = await trained(`cuts=&balance=${balance}`, ['conventional', ...apart], LAYERS, uneven);
    const whole = (await uncut.session.parameters('conventional'))!;
    for (const id of apart) expect(await uncut.session.parameters(id), id).toEqual(whole);
    const none = await trained('cuts=', ['conventional'], LAYERS, uneven);
    expect(distance((await none.session.parameters('conventional'))!, whole)).toBeGreaterThan(1e-3);
  });

  it('later partitions, whose labels are drawn evenly, learn the same however images are balanced', async () => {
    const later = async (balance: string) => {
      const { session } = await trained(`cuts=3&balance=${balance}`, ['sil'], LAYERS, uneven);
      const all = (await session.parameters('sil'))!;
      // 64 · 23 + 23, 23 · 17 + 17, 17 · 31 + 31 before the cut.
      return [all.slice(0, 2461), all.slice(2461)];
    };
    const [[first, rest], [sampled, sampledRest], [weighed, weighedRest]] = await Promise.all(
      ['none', 'sampling', 'weights'].map(later),
    );
    expect(sampledRest).toEqual(rest);
    expect(weighedRest).toEqual(rest);
    for (const other of [sampled, weighed]) expect(distance(other, first)).toBeGreaterThan(1e-3);
  });
});

it('both pipeline schedules give the same bits, and 1F1B keeps fewer activations', async () => {
  const one = await trained('cuts=1,2,4&micro=6&pipeline=1f1b', ['pipeline']);
  const all = await trained('cuts=1,2,4&micro=6&pipeline=gpipe', ['pipeline']);
  expect(await one.session.parameters('pipeline')).toEqual(await all.session.parameters('pipeline'));
  const activations = ({ state }: typeof one) =>
    state.strategies.pipeline!.devices.map(({ memory }) => memory.byKind.activations);
  const [few, many] = [activations(one), activations(all)];
  few.forEach((bytes, stage) => expect(bytes, `stage ${stage}`).toBeLessThan(many[stage]));
});

it.each([LAYERS, NORMALISED])(
  'sends the bytes and messages and holds the memory that closed forms foretell: %s',
  async (layers) => {
    const { state } = await trained('cuts=2,4&devices=3&micro=4', [...EXCHANGING], layers);
    const samples = DATA.train.count;
    const steps = Math.ceil(samples / 24);
    for (const id of EXCHANGING) {
      const strategy = state.strategies[id]!;
      const costEstimate = state.costEstimates[id]!;
      const sent = strategy.devices.map((device) => device.sent.training);
      const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
      // Activations follow the samples, parameters and their gradients the steps.
      const sharing = id === 'data' || id === 'fsdp';
      expect(bytes, id).toBe((sharing ? steps : samples / 24) * costEstimate.bytesPerStep);
      expect(strategy.points.at(-1)!.bytes).toBe(bytes);
      expect(
        sent.reduce((sum, one) => sum + one.messages, 0),
        id,
      ).toBe(steps * costEstimate.messagesPerStep);
      // Before training, after its only turn, and at the end: all test images each time.
      expect(
        strategy.devices.reduce((sum, one) => sum + one.sent.evaluation.bytes, 0),
        id,
      ).toBe(3 * costEstimate.evaluationBytes(DATA.test.count));
      // At the high-water mark: a sharded network holds a whole layer then.
      expectForetold(strategy.devices, costEstimate);
      strategy.devices.forEach(({ sentTo }, rank) => {
        // Neighbours only.
        const peers = Object.keys(sentTo.training).map(Number);
        if (sharing) expect(peers).toEqual([(rank + 1) % 3]);
        else expect(peers).toEqual([rank - 1, rank + 1].filter((peer) => peer >= 0 && peer < 3));
      });
    }
  },
);

it('sends at each cut what the closed form says, both directions together, and nothing with SIL', async () => {
  const { state } = await trained('cuts=2,4&micro=3', ['sil', 'model', 'pipeline']);
  const crossed = (id: StrategyId) =>
    bytesAtCuts(
      state.strategies[id]!.devices.map(({ sentTo }) => sentTo),
      2,
      'training',
    );
  expect(crossed('sil')).toEqual([0, 0]);
  // Layers of 17 and 16 units lead to the cuts; every image goes once each way, however batches are divided.
  const expected = exchangeBytesAtCuts([17, 16], DATA.train.count);
  expect(expected).toEqual([2 * 4 * 250 * 17, 2 * 4 * 250 * 16]);
  expect(crossed('model')).toEqual(expected);
  expect(crossed('pipeline')).toEqual(expected);
});

it('keeps a third of everything on each of three fully sharded devices', async () => {
  const { state } = await trained('cuts=3&devices=3', ['conventional', 'fsdp']);
  const [whole] = state.strategies.conventional!.devices;
  const devices = state.strategies.fsdp!.devices;
  const kept = (kind: 'parameters' | 'gradients' | 'optimizer') =>
    devices.map(({ memory }) => memory.byKind[kind]);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const { parameters, optimizer } = whole.memory.byKind;
  // Between steps: together exactly once, each a third but for the six layers' odd ones.
  expect(sum(kept('parameters'))).toBe(parameters);
  expect(sum(kept('gradients'))).toBe(parameters);
  expect(sum(kept('optimizer'))).toBe(optimizer);
  for (const bytes of kept('parameters')) expect(Math.abs(bytes - parameters / 3)).toBeLessThan(6 * 4);
});

describe('copies between and within devices', () => {
  const SHAPES = [
    // The last layer is the largest; activations outweigh parameters; more devices than a batch has images; equal layers.
    ['2,40', 'devices=2'],
    ['8,8', 'devices=1&batch=200'],
    ['23,17,31', 'devices=5&batch=4'],
    ['9,9,9,9', 'devices=3&batch=3'],
  ] as const;
  const plain = { cpu: { ...ENGINES.cpu, create: async () => createReferenceEngine() } };

  it.each(SHAPES)('are all counted, those for looking apart: layers %s, %s', async (layers, settings) => {
    const { state } = await trainedSession(linkWith(linkOf('', ['data', 'fsdp'], layers), settings), DATA, {
      providers: plain,
    });
    const { plan, costEstimates, strategies } = state;
    const sizes = plan!.network.map((layer, index) => ({
      whole: countParameters([layer]),
      // Images are there already.
      beside: (index === 0 ? 0 : inputSize([layer])) + outputSize([layer]),
    }));
    for (const id of ['data', 'fsdp'] as const) {
      const { devices, memoryLevels } = strategies[id]!;
      const looked = memoryLevels.find(({ doing }) => doing === 'evaluating')!;
      devices.forEach(({ memory: { peakByKind, looking } }, rank) => {
        const { parameters, gradients, workspace } = costEstimates[id]!.devices[rank].memory;
        expect(peakByKind, `${id} ${rank}`).toMatchObject({ parameters, gradients, workspace });
        const [from, to] = chunkOf(DATA.test.count, devices.length, rank);
        const most = Math.max(...sizes.map(({ whole, beside }) => Math.max(whole, (to - from) * beside)));
        expect(looking).toBe(4 * (id === 'fsdp' ? most : (to - from) * DATA.classes));
        expect(looked.devices[rank].byKind.workspace).toBe(0);
      });
    }
  });

  it.each(SHAPES)('may be of another layer where an engine pads: layers %s, %s', async (layers, settings) => {
    const { state } = await trainedSession(linkWith(linkOf('', ['fsdp'], layers), settings), DATA);
    const { plan, costEstimates, strategies } = state;
    const whole = plan!.network.map((layer) => 4 * countParameters([layer]));
    strategies.fsdp!.devices.forEach(({ memory: { byKind, peak, peakByKind } }, rank) => {
      const { memory } = costEstimates.fsdp!.devices[rank];
      for (const kind of ['parameters', 'gradients'] as const)
        expect(whole).toContain(peakByKind[kind] - byKind[kind]);
      const foretold = Object.values(memory).reduce((sum, bytes) => sum + bytes, 0);
      expect(peak).toBeGreaterThanOrEqual(foretold);
    });
  });
});

it('keeps replicas equal to the bit, also where a batch has fewer samples than there are replicas', async () => {
  const { state } = await trained('cuts=3&devices=5&batch=24', ['data']);
  const { experiment, plan } = state;
  const data = { ...DATA, train: { ...DATA.train, count: 250 } };
  const run = await dataParallel.open({
    experiment: { ...experiment, batch: 3 },
    plan: plan!,
    data,
    engines: ['cpu'],
    spawn: inProcessSpawner(PROGRAMS, async (id) => ENGINES[id]),
    check: false,
  });
  await run.turn({
    phase: 'training',
    turn: { from: 0, to: 4, epoch: 0, endsEpoch: false },
    learningRate: 0.01,
    learningRates: new Float32Array(4).fill(0.01),
    onProgress: () => {},
  });
  const replicas = await Promise.all(run.devices.map(({ remote }) => remote.readParameters('stage')));
  for (const replica of replicas) expect(replica).toEqual(replicas[0]);
  await run.close();
});

describe.each([...EXCHANGING, 'local'] as const)('a device that dies in %s', (id) => {
  it('ends that strategy with a sentence; the others go on', async () => {
    const { session, newest } = await readySession(
      `data=mnist&layers=64,64,64&cuts=1,2&devices=3&batch=10&epochs=40&turn=0&test=20&strategies=conventional,${id}`,
      DATA,
    );
    session.actions.play();
    await until(
      session,
      ({ strategies }) => strategies[id]!.status === 'turn' && strategies[id]!.points.length > 1,
    );
    // Well into the turn, wherever in an exchange that is.
    for (let i = 0; i < 20; i++) await turn();
    expect(session.store.getState().strategies[id]!.status).toBe('turn');
    newest(1).crash(PLUG);
    await until(session, ({ strategies }) => strategies[id]!.status === 'failed');
    expect(session.store.getState().strategies[id]!.error).toBe(`Device 2 is gone: ${PLUG}`);
    const before = session.store.getState().strategies.conventional!.points.length;
    await until(session, ({ strategies }) => strategies.conventional!.points.length > before);
  });
});
