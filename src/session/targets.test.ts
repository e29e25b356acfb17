/** What the first partition learns in place of label vectors, from settings to the trained network. */
import { afterEach, describe, expect, it } from 'vitest';
import { totalTraffic } from '../devices/traffic.ts';
import { decode } from '../experiment/link.ts';
import { madeUpDataset } from '../data/testing.ts';
import { expectForetold } from '../strategies/testing.ts';
import { derive } from './derive.ts';
import { bringBack, closeSessions, lose, readySession, trainedSession } from './testing.ts';

const DATA = madeUpDataset({ train: 600, test: 200 });
const LINK =
  'data=mnist&layers=48,40,32&cuts=1,2&batch=24&epochs=6&rate=0.004&turn=25&test=0&seed=4&code=sparse&mix=mixtures&noise=0.5&label-steps=30&strategies=sil';

afterEach(closeSessions);

async function trained(settings: string) {
  const { session, state } = await trainedSession(`${LINK}&${settings}`, DATA);
  return { state, sil: state.strategies.sil!, parameters: (await session.parameters('sil'))! };
}

/** With the second device lost on the way and started again. */
async function restarted(settings: string) {
  const test = await readySession(`${LINK}&${settings}`, DATA);
  await lose(test, 'sil', 1);
  await bringBack(test, 'sil', 1);
  return {
    sil: test.session.store.getState().strategies.sil!,
    parameters: (await test.session.parameters('sil'))!,
  };
}

describe('features at the first cut', () => {
  it('are learnt by a single layer, and told apart behind it, without a byte sent', async () => {
    const accuracy = async (settings: string) => {
      const { sil } = await trained(settings);
      expect(sil.devices.map(({ sent }) => sent.training.bytes)).toEqual([0, 0, 0]);
      return sil.final!.accuracy;
    };
    const [codes, features] = [await accuracy('targets=codes'), await accuracy('targets=auto')];
    // 0.76 and 0.90 were seen; the standard error of their difference is 0.04.
    expect(features).toBeGreaterThan(codes);
    expect(features).toBeGreaterThan(0.8);
  });

  it('take the memory, images included, that closed forms foretell', async () => {
    const { state, sil } = await trained('targets=features');
    const costEstimate = state.costEstimates.sil!;
    expectForetold(sil.devices, costEstimate, 'now');
    expect(costEstimate.devices.map(({ memory }) => memory.data)).toEqual([800 * 65, 600 * 65, 0]);
  });

  it('have no nearest label, and train who reads images to the end, weights of classes or not', async () => {
    const { sil } = await trained('targets=features&balance=weights');
    const last = sil.points.at(-1)!;
    expect(last.nearestLabel[0]).toBeNaN();
    expect(last.nearestLabel[1]).toBeGreaterThan(0.8);
    // 150 steps of the first two partitions; the third has had enough after 30.
    expect(sil.points.map(({ rankLosses }) => rankLosses.map(Number.isNaN)).at(-1)).toEqual([
      false,
      false,
      true,
    ]);
    // Features have rms 1, so that this is the share of them that is missed.
    expect(last.rankLosses[0]).toBeLessThan(0.4);
  });

  it('come back with a lost device, to the bit', async () => {
    const { parameters } = await trained('targets=features');
    const again = await restarted('targets=features');
    expect(again.parameters).toEqual(parameters);
    expect(
      totalTraffic(
        again.sil.devices.map(({ sentTo }) => sentTo),
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
    const { state, sil } = await trained('targets=codes&copy=40');
    const { experiment, costEstimates, plan } = state;
    expect(sil.devices.map(({ sent }) => sent.training.bytes)).toEqual([0, 0, 0]);
    const [first, second, third] = costEstimates.sil!.devices.map(({ flopsPerStep }) => flopsPerStep);
    const steps = plan!.totalSteps;
    expect(sil.points.at(-1)!.flops).toBe(
      steps * (first + second) + experiment.labelSteps * third + 40 * first,
    );
    // While it is made, the second device holds what the first one does, too.
    expectForetold(sil.devices, costEstimates.sil!);
    // Partition 2 stands behind what the first one answers, not behind its labels: 0.76 without.
    expect(sil.final!.accuracy).toBeGreaterThan(0.8);
  });

  it('takes no more steps than there are, and each of them counts', async () => {
    const whole = await trained('targets=features&copy=1000');
    const again = await trained('targets=features&copy=150');
    expect(again.parameters).toEqual(whole.parameters);
    const other = await trained('targets=features&copy=149');
    expect(other.parameters).not.toEqual(whole.parameters);
  });

  it('comes back with a lost device, to the bit', async () => {
    const { parameters } = await trained('targets=features&copy=40');
    expect((await restarted('targets=features&copy=40')).parameters).toEqual(parameters);
  });
});
