/** What the first partition learns in place of label vectors, from settings to the trained network. */
import { setFlagsFromString } from 'node:v8';
import { afterEach, describe, expect, it } from 'vitest';
import { totalTraffic } from '../devices/traffic.ts';
import { decode } from '../experiment/link.ts';
import { derive } from './derive.ts';
import type { Session } from './session.ts';
import type { StrategyState } from './state.ts';
import { madeUpDataset, testSession, until, type TestSession } from './testing.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

const DATA = madeUpDataset({ train: 600, test: 200 });
const LINK =
  'data=mnist&layers=48,40,32&cuts=1,2&batch=24&epochs=6&rate=0.004&turn=25&test=0&seed=4&code=sparse&mix=mixtures&noise=0.5&label-steps=30&strategies=sil';

const open: Session[] = [];
async function start(settings: string): Promise<TestSession> {
  const made = testSession(`${LINK}&${settings}`, DATA);
  open.push(made.session);
  await made.session.ready;
  return made;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
});

const sil = ({ session }: TestSession): StrategyState => session.store.getState().strategies.sil!;
async function finish(test: TestSession) {
  test.session.actions.play();
  await until(test.session, ({ status }) => status === 'finished' || status === 'failed');
  expect(sil(test).error).toBeNull();
  return { state: sil(test), parameters: (await test.session.parameters('sil'))! };
}

/** Trained to the end, with the second device lost on the way and started again. */
async function restarted(settings: string) {
  const test = await start(settings);
  test.session.actions.play();
  await until(test.session, ({ strategies }) => (strategies.sil?.points.length ?? 0) > 2);
  test.devices.findLast(({ rank }) => rank === 1)!.device.crash('The test pulled the plug.');
  await until(test.session, ({ strategies }) => strategies.sil!.devices[1].lost !== null);
  test.session.actions.restart('sil', 1);
  await until(test.session, ({ status }) => status === 'finished');
  return test;
}

describe('features at the first cut', () => {
  it('are learnt by a single layer, and told apart behind it, without a byte sent', async () => {
    const accuracy = async (settings: string) => {
      const { state } = await finish(await start(settings));
      expect(state.devices.map(({ sent }) => sent.training.bytes)).toEqual([0, 0, 0]);
      return state.final!.accuracy;
    };
    const [codes, features] = [await accuracy('targets=codes'), await accuracy('targets=auto')];
    // 0.76 and 0.90 were seen; the standard error of their difference is 0.04.
    expect(features).toBeGreaterThan(codes);
    expect(features).toBeGreaterThan(0.8);
  });

  it('take the memory, images included, that closed forms foretell', async () => {
    const test = await start('targets=features');
    const { state } = await finish(test);
    const { devices } = test.session.store.getState().costEstimates.sil!;
    state.devices.forEach(({ memory }, rank) => {
      const modelled = devices[rank].memory;
      for (const kind of ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const)
        expect(memory.byKind[kind], `device ${rank} ${kind}`).toBe(modelled[kind]);
      expect(memory.byKind.activations).toBeGreaterThanOrEqual(modelled.activations);
    });
    expect(devices.map(({ memory }) => memory.data)).toEqual([800 * 65, 600 * 65, 0]);
  });

  it('have no nearest label, and train who reads images to the end, weights of classes or not', async () => {
    const { state } = await finish(await start('targets=features&balance=weights'));
    const last = state.points.at(-1)!;
    expect(last.nearestLabel[0]).toBeNaN();
    expect(last.nearestLabel[1]).toBeGreaterThan(0.8);
    // 150 steps of the first two partitions; the third has had enough after 30.
    expect(state.points.map(({ rankLosses }) => rankLosses.map(Number.isNaN)).at(-1)).toEqual([
      false,
      false,
      true,
    ]);
    // Features have rms 1, so that this is the share of them that is missed.
    expect(last.rankLosses[0]).toBeLessThan(0.4);
  });

  it('come back with a lost device, to the bit', async () => {
    const { parameters } = await finish(await start('targets=features'));
    const test = await restarted('targets=features');
    expect(await test.session.parameters('sil')).toEqual(parameters);
    expect(
      totalTraffic(
        sil(test).devices.map(({ sentTo }) => sentTo),
        'training',
      ).bytes,
    ).toBe(0);
  });

  it('are said to be plain, or not to be there, where that is so', () => {
    const said = (settings: string, side: number) =>
      derive(decode(settings).experiment, madeUpDataset({ train: 20, test: 10, side })).warnings;
    expect(said('data=mnist&layers=16,16&cuts=1&targets=features', 8)).toEqual([]);
    expect(said('data=mnist&layers=16,ln,16&cuts=2&targets=features', 8)).toEqual([
      expect.stringContaining('layer normalisation'),
    ]);
    expect(said('data=mnist&layers=16,16&cuts=1&targets=features', Math.sqrt(63))).toEqual([
      expect.stringContaining('plain random'),
    ]);
  });
});

describe('a copy of the first partition', () => {
  it('is made by its own first steps, which are counted, and nothing is sent', async () => {
    const test = await start('targets=codes&copy=40');
    const { state } = await finish(test);
    const { experiment, costEstimates, plan } = test.session.store.getState();
    expect(state.devices.map(({ sent }) => sent.training.bytes)).toEqual([0, 0, 0]);
    const [first, second, third] = costEstimates.sil!.devices.map(({ flopsPerStep }) => flopsPerStep);
    const steps = plan!.totalSteps;
    expect(state.points.at(-1)!.flops).toBe(
      steps * (first + second) + experiment.labelSteps * third + 40 * first,
    );
    state.devices.forEach(({ memory }, rank) => {
      const modelled = costEstimates.sil!.devices[rank].memory;
      for (const kind of ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const)
        expect(memory.byKind[kind], `device ${rank} ${kind}`).toBe(modelled[kind]);
    });
    // Partition 2 stands behind what the first one answers, not behind its labels: 0.76 without.
    expect(state.final!.accuracy).toBeGreaterThan(0.8);
  });

  it('takes no more steps than there are, and each of them counts', async () => {
    const whole = await finish(await start('targets=features&copy=1000'));
    const again = await finish(await start('targets=features&copy=150'));
    expect(again.parameters).toEqual(whole.parameters);
    const other = await finish(await start('targets=features&copy=149'));
    expect(other.parameters).not.toEqual(whole.parameters);
  });

  it('comes back with a lost device, to the bit', async () => {
    const { parameters } = await finish(await start('targets=features&copy=40'));
    const test = await restarted('targets=features&copy=40');
    expect(await test.session.parameters('sil')).toEqual(parameters);
  });
});
