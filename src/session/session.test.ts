import { afterEach, describe, expect, it } from 'vitest';
import { TRAFFIC_PHASES } from '../devices/traffic.ts';
import { writeSafetensors } from '../export/safetensors/write.ts';
import { initialParameters } from '../network/initialise.ts';
import { denseNetwork } from '../network/spec.ts';
import { countParameters } from '../network/layers/layers.ts';
import { madeUpDataset } from '../data/testing.ts';
import type { SessionState } from './state.ts';
import {
  PLUG,
  closeSessions,
  finish,
  linkWith,
  readySession,
  testSession,
  trainedSession,
  until,
} from './testing.ts';

const LINK = 'data=mnist&layers=32,32,32&cuts=2&batch=20&epochs=3&turn=25&test=0&seed=4';

afterEach(closeSessions);

const start = (link = LINK) => readySession(link);
const trained = async (link = LINK) => (await trainedSession(link)).state;

/** What must repeat: everything but times. */
const curve = (state: SessionState, strategy: 'conventional' | 'sil') =>
  state.strategies[strategy]!.points.map(({ step, testAccuracy, testLoss, rankLosses, flops }) => ({
    step,
    testAccuracy,
    testLoss,
    rankLosses,
    flops,
  }));

describe('a session', () => {
  it('trains conventionally and with SIL side by side, and both learn', async () => {
    const { session } = await start();
    const state = await finish(session);
    expect(state.status).toBe('finished');
    for (const id of ['conventional', 'sil'] as const) {
      const strategy = state.strategies[id]!;
      expect(strategy.error).toBeNull();
      expect(strategy.points.map(({ step }) => step)).toEqual([0, 25, 50, 75, 100, 125, 150]);
      expect(strategy.points[0].testAccuracy).toBeLessThan(0.35);
      // 10 well separated classes: 150 steps reach 1.0 in practice.
      expect(strategy.final!.accuracy).toBeGreaterThan(0.9);
      expect(strategy.points.at(-1)!.samples).toBe(3000);
      expect(strategy.seconds).toBeGreaterThan(0);
    }
    expect(state.strategies.sil!.points.at(-1)!.nearestLabel[0]).toBeGreaterThan(0.9);
  });

  it('counts the samples of an epoch whose last batch is short', async () => {
    // 1000 images in batches of 300: the fourth has 100.
    const { session } = await start(
      'data=mnist&layers=32,32,32&cuts=2&batch=300&epochs=1&recovery=1&turn=1&test=0&seed=4',
    );
    const { points } = (await finish(session)).strategies.sil!;
    expect(points.map(({ step, samples }) => [step, samples])).toEqual(
      [0, 300, 600, 900, 1000, 1300, 1600, 1900, 2000].map((samples, step) => [step, samples]),
    );
  });

  it('gives the same curves for the same link, to the bit', async () => {
    const first = await trained();
    const second = await trained();
    expect(curve(second, 'sil')).toEqual(curve(first, 'sil'));
    expect(curve(second, 'conventional')).toEqual(curve(first, 'conventional'));
    const other = await trained(linkWith(LINK, 'seed=5'));
    expect(curve(other, 'sil')).not.toEqual(curve(first, 'sil'));
  });

  it('gives the same curves when paused on the way', async () => {
    const whole = await trained();
    const { session } = await start();
    session.actions.play();
    await until(session, ({ strategies }) => (strategies.sil?.points.length ?? 0) > 2);
    session.actions.pause();
    await until(session, ({ status }) => status === 'paused');
    expect(curve(await finish(session), 'sil')).toEqual(curve(whole, 'sil'));
  });

  it('says when a partition has had enough while others still train', async () => {
    const { session } = await start(`${LINK}&label-steps=30`);
    const seen: boolean[][] = [];
    session.store.subscribe(({ strategies: { sil } }) => {
      if (sil?.status === 'turn') seen.push(sil.rankProgress.map(({ done }) => done));
    });
    const { strategies, plan } = await finish(session);
    expect(plan!.labelSteps).toBe(30);
    // Every turn begins with nobody done; the last has nothing left for the second partition, and ends with both.
    expect(seen[0]).toEqual([false, false]);
    expect(seen.filter(([left, right]) => right && !left).length).toBeGreaterThanOrEqual(4);
    expect(seen.at(-1)).toEqual([true, true]);
    expect(strategies.sil!.error).toBeNull();
  });

  it('sends nothing between SIL partitions while they train, and counts what evaluation moves', async () => {
    const state = await trained('data=mnist&layers=16,24,16,16&cuts=1,2,4&batch=20&epochs=1&test=100');
    const { devices, points } = state.strategies.sil!;
    expect(devices).toHaveLength(4);
    for (const { sent } of devices) expect(sent.training).toEqual({ bytes: 0, messages: 0 });
    for (const { sent } of devices) expect(sent.join).toEqual({ bytes: 0, messages: 0 });
    // Evaluations: one before training, one after each of the turns, each of 100 images; the last of all 200.
    const images = 100 * points.length + 200;
    const widths = [16, 24, 16];
    devices.forEach(({ sent }, rank) => {
      expect(sent.evaluation.bytes).toBe(rank < 3 ? images * (4 * widths[rank] + 1) : 0);
    });
    const costEstimate = state.costEstimates.sil!;
    expect(devices.reduce((sum, { sent }) => sum + sent.evaluation.bytes, 0)).toBe(
      costEstimate.evaluationBytes(images),
    );
  });

  it.each(['16,24,16&cuts=1,2', '16,ln,24,ln,16&cuts=1,4'])(
    'measures the memory the closed forms foretell: layers=%s',
    async (layers) => {
      const state = await trained(`data=mnist&layers=${layers}&batch=20&epochs=1`);
      for (const id of ['conventional', 'sil'] as const) {
        const strategy = state.strategies[id]!;
        expect(strategy.devices).toHaveLength(state.costEstimates[id]!.devices.length);
        strategy.devices.forEach(({ memory }, rank) => {
          const { memory: modelled } = state.costEstimates[id]!.devices[rank];
          for (const kind of ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const) {
            expect(memory.byKind[kind], `${id} device ${rank} ${kind}`).toBe(modelled[kind]);
          }
          expect(memory.byKind.activations).toBeGreaterThanOrEqual(modelled.activations);
        });
      }
    },
  );

  it('joins the partitions for recovery epochs and counts that once', async () => {
    const state = await trained(`${LINK}&recovery=1`);
    const sil = state.strategies.sil!;
    expect(sil.error).toBeNull();
    expect(sil.points.at(-1)!.phase).toBe('recovery');
    expect(sil.points.at(-1)!.step).toBe(200);
    const right = countParameters(state.plan!.partitions[1].layers);
    expect(sil.devices[1].sent.join).toEqual({ bytes: 4 * right, messages: 1 });
    for (const { sent } of sil.devices) expect(sent.training.bytes).toBe(0);
    // Recovery trains the network the partitions made: accuracy does not fall back to chance at the join.
    const joined = sil.points.find(({ phase }) => phase === 'recovery')!;
    expect(joined.testAccuracy).toBeGreaterThan(0.8);
    expect(state.strategies.conventional!.points.at(-1)!.step).toBe(200);
  });

  it('stops later partitions after their own number of steps', async () => {
    const state = await trained(`${LINK}&label-steps=30`);
    const { points } = state.strategies.sil!;
    const plan = state.plan!;
    expect(plan.labelSteps).toBe(30);
    const [left, right] = state.costEstimates.sil!.devices;
    expect(points.at(-1)!.flops).toBe(150 * left.flopsPerStep + 30 * right.flopsPerStep);
  });

  it('takes one turn of every strategy on request', async () => {
    const { session } = await start();
    session.actions.step();
    await until(session, ({ status }) => status === 'paused');
    const { strategies } = session.store.getState();
    expect(strategies.conventional!.step).toBe(25);
    expect(strategies.sil!.step).toBe(25);
  });

  it('takes a new learning rate in its stride, and starts again for a new network, with undo', async () => {
    const { session } = await start();
    session.actions.step();
    await until(session, ({ status }) => status === 'paused');
    session.actions.change({ learningRate: 2e-3 });
    expect(session.store.getState().strategies.sil!.step).toBe(25);
    const before = session.store.getState();
    session.actions.change({ cuts: [1] });
    const after = session.store.getState();
    expect(after.strategies.sil!.points).toEqual([]);
    expect(after.notices.at(-1)!.message).toMatch(/cuts.*starts again/i);
    expect(after.canUndo).toBe(true);
    session.actions.undo();
    const back = session.store.getState();
    expect(back.experiment).toEqual(before.experiment);
    expect(back.strategies.sil!.points).toEqual(before.strategies.sil!.points);
    session.actions.step();
    await until(session, ({ status, strategies }) => status === 'paused' && strategies.sil!.step === 50);
  });

  it('lets a strategy be switched on later; it catches up', async () => {
    const { session } = await start(`${LINK}&strategies=conventional`);
    session.actions.step();
    await until(session, ({ status }) => status === 'paused');
    session.actions.change({ strategies: ['conventional', 'sil'] });
    const state = await finish(session);
    expect(state.strategies.conventional!.step).toBe(150);
    expect(state.strategies.sil!.step).toBe(150);
  });

  it('says which device died while it paused, and lets all others go on', async () => {
    const { session, devices } = await start();
    session.actions.step();
    await until(session, ({ status }) => status === 'paused');
    // Conventional opened one device, SIL two: the last is SIL's second partition.
    devices[2].device.crash('its worker stopped.');
    const { conventional, sil } = (await finish(session)).strategies;
    expect(sil!.devices.map(({ lost }) => lost)).toEqual([null, 'Device 2 is gone: its worker stopped.']);
    expect(sil).toMatchObject({ status: 'finished', step: 150, final: null, error: null });
    expect(conventional!.status).toBe('finished');
  });

  it('lets partitions of one run sit on different engines, which agree but for rounding', async () => {
    const link = `${LINK}&epochs=1`;
    const alone = await trained(link);
    const mixed = await trained(`${link}&engine=cpu,tfjs`);
    expect(mixed.status).toBe('finished');
    expect(mixed.strategies.sil!.devices.map(({ about }) => about.engine)).toEqual(['cpu', 'tfjs']);
    expect(mixed.strategies.conventional!.devices[0].about.engine).toBe('cpu');
    expect(mixed.engine.abouts.map(({ engine }) => engine)).toEqual(['cpu', 'tfjs']);
    // Fifty steps of Adam in float32, summed in another order.
    const [last, same] = [alone, mixed].map(({ strategies }) => strategies.sil!.points.at(-1)!.rankLosses[1]);
    expect(Math.abs(last - same)).toBeLessThan(1e-3 * last);
  });

  it('calls divergence by its name', async () => {
    const { session } = await start(
      `${LINK}&optimizer=sgd&rate=10&schedule=constant&strategies=conventional`,
    );
    const state = await finish(session);
    expect(state.status).toBe('failed');
    expect(state.strategies.conventional!.error).toMatch(/diverged.*learning rate was 10/);
    expect(state.strategies.conventional!.diverged).toBe(true);
  });

  it('calls it so where only the last step broke the weights', async () => {
    // Weights grow by a factor of 99 a step: losses are numbers up to the seventh, whose weights answer with none.
    const growing = 'optimizer=adamw&rate=10&decay=10&batch=1000&layers=16,16&cuts=1&turn=1&test=0&seed=4';
    for (const schedule of ['constant', 'cosine']) {
      const { session } = await start(`${growing}&schedule=${schedule}&epochs=7`);
      const { strategies } = await finish(session);
      for (const { id, points, final, error } of Object.values(strategies)) {
        if (Number.isFinite(points.at(-1)!.testLoss)) expect(final, `${id} ${schedule}`).not.toBeNull();
        else expect(error, `${id} ${schedule}`).toMatch(/diverged before step 7: .*learning rate was 10/);
      }
    }
  });

  it('refuses a network beyond the limits with a sentence, and keeps the one there is', async () => {
    const { session } = await start();
    session.actions.change({ layers: [8192, 8192, 8192] });
    const state = session.store.getState();
    expect(state.experiment.layers).toEqual([32, 32, 32]);
    expect(state.notices.at(-1)!.message).toMatch(/parameters/);
  });

  it('frees everything on close', async () => {
    const { session } = await start();
    const state = await finish(session);
    expect(TRAFFIC_PHASES.every((phase) => state.strategies.sil!.devices[0].sent[phase].bytes >= 0)).toBe(
      true,
    );
    await session.close();
    expect(await session.parameters('sil').catch(() => null)).toBeNull();
  });

  it('goes on with SIL without a lost partition, which catches up and is as if it had never left', async () => {
    const link =
      'data=mnist&layers=32,24,16&cuts=1,2&batch=20&epochs=4&turn=25&test=100&strategies=sil&noise=0.5&seed=4';
    const undisturbed = await trainedSession(link);
    const { session, newest } = await start(link);
    session.actions.play();
    await until(
      session,
      ({ strategies }) => strategies.sil!.points.length > 2 && strategies.sil!.status === 'turn',
    );
    newest(1).crash(PLUG);
    await until(session, ({ strategies }) => strategies.sil!.devices[1]?.lost !== null);
    const { sil } = session.store.getState().strategies;
    expect(sil!.error).toBeNull();
    expect(sil!.devices.map(({ lost }) => lost)).toEqual([null, `Device 2 is gone: ${PLUG}`, null]);
    // The others train on; the joined network cannot be measured.
    const { length } = sil!.points;
    await until(session, ({ strategies }) => strategies.sil!.points.length > length);
    const alone = session.store.getState().strategies.sil!.points.at(-1)!;
    expect(alone.testAccuracy).toBeNaN();
    expect(alone.rankLosses[0]).toBeGreaterThan(0);
    expect(alone.rankLosses[1]).toBeNaN();

    session.actions.restart('sil', 1);
    await until(session, ({ strategies, status }) => status === 'finished' && strategies.sil!.final !== null);
    const state = session.store.getState();
    expect(state.strategies.sil!.devices[1].lost).toBeNull();
    expect(state.strategies.sil!.final).toEqual(undisturbed.state.strategies.sil!.final);
    expect(await session.parameters('sil')).toEqual(await undisturbed.session.parameters('sil'));
    for (const { sent } of state.strategies.sil!.devices) expect(sent.training.bytes).toBe(0);
  });

  it('restarts a partition that was lost before the end after it, too', async () => {
    const { session, newest } = await start(`${LINK}&strategies=sil`);
    session.actions.play();
    await until(
      session,
      ({ strategies }) => strategies.sil!.points.length > 1 && strategies.sil!.status === 'turn',
    );
    newest(0).crash(PLUG);
    await until(session, ({ status }) => status === 'finished');
    expect(session.store.getState().strategies.sil!.final).toBeNull();
    session.actions.restart('sil', 0);
    await until(session, ({ strategies }) => strategies.sil!.final !== null);
    const undisturbed = await trained(`${LINK}&strategies=sil`);
    expect(session.store.getState().strategies.sil!.final).toEqual(undisturbed.strategies.sil!.final);
  });
});

describe('weights from a file', () => {
  const asFile = (bytes: Uint8Array<ArrayBuffer>, name = 'mine.safetensors') => new File([bytes], name);

  async function saved(link: string, strategy: 'conventional' | 'sil', part?: number) {
    const { session, state } = await trainedSession(link);
    const parameters = (await session.parameters(strategy))!;
    const plan = state.plan!;
    const network = strategy === 'sil' ? plan.labelNetwork : plan.network;
    const { firstLayer, layers } =
      part === undefined ? { firstLayer: 0, layers: network } : plan.partitions[part];
    const from = countParameters(network.slice(0, firstLayer));
    const values = parameters.slice(from, from + countParameters(layers));
    const file = asFile(writeSafetensors(layers, values, { firstLayer: String(firstLayer) }));
    return { file, state, values };
  }

  it('are where training begins: the trained network is measured at once', async () => {
    const { file, state } = await saved(LINK, 'sil');
    const { session } = await start(`${LINK}&strategies=sil,conventional`);
    session.actions.loadWeights(file);
    await until(session, ({ weights }) => weights !== null);
    session.actions.step();
    await until(session, ({ strategies }) => strategies.sil!.points.length > 0);
    expect(session.store.getState().strategies.sil!.points[0].testAccuracy).toBe(
      state.strategies.sil!.points.at(-1)!.testAccuracy,
    );
  });

  it('that are put away leave the seed’s own', async () => {
    const { file } = await saved(LINK, 'sil');
    const { session } = await start(`${LINK}&strategies=sil`);
    session.actions.loadWeights(file);
    await until(session, ({ weights }) => weights !== null);
    session.actions.dropWeights();
    expect(session.store.getState().weights).toBeNull();
    session.actions.step();
    await until(session, ({ run }) => run !== null);
    expect(session.store.getState().run!.weights ?? null).toBeNull();
  });

  it('of one partition take its place, and leave the others as the seed has them', async () => {
    const { file, values } = await saved(LINK, 'sil', 1);
    const { session } = await start(`${LINK}&strategies=sil`);
    session.actions.loadWeights(file);
    await until(session, ({ weights }) => weights !== null);
    expect(session.store.getState().weights!.given).toEqual({
      firstLayer: 2,
      shapes: [
        { kind: 'dense', inputs: 32, outputs: 32 },
        { kind: 'dense', inputs: 32, outputs: 10 },
      ],
      parameters: values,
    });
    // Whoever changes the layers so that they no longer fit is told, and nothing else happens to them.
    session.actions.change({ layers: [32, 32, 16] });
    expect(session.store.getState().weights).toBeNull();
    expect(session.store.getState().notices.at(-1)!.message).toMatch(/do not fit/);
  });

  it('are put aside where other layers have as many numbers', async () => {
    const dataset = madeUpDataset({ side: 28, train: 20, test: 20 });
    const { session } = await readySession(
      'data=mnist&layers=16,128,64&cuts=&strategies=conventional',
      dataset,
    );
    const layers = denseNetwork(784, [16, 128, 64], 10, 'relu');
    const other = denseNetwork(784, [16, 16, 400], 10, 'relu');
    expect(countParameters(other)).toBe(countParameters(layers));
    session.actions.loadWeights(asFile(writeSafetensors(layers, initialParameters(layers, 1), {})));
    await until(session, ({ weights }) => weights !== null);
    session.actions.change({ layers: [16, 16, 400] });
    expect(session.store.getState().weights).toBeNull();
    expect(session.store.getState().notices.at(-1)!.message).toMatch(/do not fit/);
  });

  it('that do not fit are refused with a sentence, and nothing changes', async () => {
    const { session } = await start();
    const before = session.store.getState().experiment;
    const layers = denseNetwork(9, [4], 2, 'relu');
    session.actions.loadWeights(
      asFile(writeSafetensors(layers, new Float32Array(countParameters(layers)), {})),
    );
    await until(session, ({ notices }) => notices.length > 0);
    expect(session.store.getState().notices[0].message).toBe(
      'mine.safetensors: These weights are for 9 → 4 → 2, but the network is 64 → 32 → 32 → 32 → 10, its partitions ' +
        '64 → 32 → 32; 32 → 32 → 10. Change the layers or cuts, or take another file.',
    );
    session.actions.loadWeights(asFile(new Uint8Array(5), 'holiday.jpg'));
    await until(session, ({ notices }) => notices.length > 1);
    expect(session.store.getState().notices[1].message).toMatch(/^holiday.jpg: This is no safetensors file/);
    expect(session.store.getState()).toMatchObject({ experiment: before, weights: null });
  });
});

describe('Train before there is data', () => {
  it('begins as soon as the data is there, and says so until then', async () => {
    const { session } = testSession('data=mnist&layers=8&cuts=&epochs=1&batch=500&strategies=conventional');
    const said = () => session.store.getState().notices.map(({ message }) => message);
    session.actions.play();
    session.actions.play();
    expect(said()).toEqual(['Training starts as soon as the data is there.']);
    await until(session, ({ status }) => status === 'finished');
    expect(said()).toEqual([]);
  });
});

describe('files that cannot be read', () => {
  it('while the first set still loads are spoken of, also once that has gone on', async () => {
    let loads = 0;
    const { session } = testSession('data=mnist&layers=8&cuts=', async (id) => {
      if (id === 'files') throw new Error('holiday.txt is none of them.');
      // The first is given up for the files, and begun anew.
      return loads++ === 0 ? new Promise(() => {}) : madeUpDataset();
    });
    await until(session, ({ data }) => data.status === 'loading');
    session.actions.dropFiles([new File(['no data'], 'holiday.txt')]);
    await expect.poll(() => session.store.getState().data.status).toBe('ready');
    expect(session.store.getState().notices.map(({ message }) => message)).toEqual([
      'holiday.txt is none of them.',
    ]);
  });
});
