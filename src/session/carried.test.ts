/** Labels that carry the image beside the class, from settings to the trained network. */
import { afterEach, describe, expect, it } from 'vitest';
import type { SplitData } from '../data/dataset.ts';
import { decode } from '../experiment/link.ts';
import { madeUpDataset } from '../data/testing.ts';
import { expectForetold } from '../strategies/testing.ts';
import { derive } from './derive.ts';
import { bringBack, closeSessions, lose, readySession, trainedSession } from './testing.ts';

/** Half of every class as negatives, so that all classes have the same mean: no linear map tells them apart. */
const mixed = ({ images, labels, count }: SplitData): SplitData => ({
  ...{ labels, count },
  images: images.map((byte, at) =>
    Math.floor(Math.floor(at / 64) / 10) % 2 === 0 ? byte : Math.max(0, 220 - byte),
  ),
});
const PLAIN = madeUpDataset({ train: 600, test: 200 });
const DATA = { ...PLAIN, train: mixed(PLAIN.train), test: mixed(PLAIN.test) };
const LINK = 'data=mnist&layers=48,40,32&cuts=1,2&batch=24&rate=0.004&turn=25&test=0&seed=4&strategies=sil';

afterEach(closeSessions);

async function trained(settings: string, data = DATA) {
  const { session, state } = await trainedSession(`${LINK}&${settings}`, data);
  return { state, sil: state.strategies.sil!, parameters: (await session.parameters('sil'))! };
}

describe('labels that carry the image', () => {
  it('let later partitions do what a single layer cannot, without a byte sent', async () => {
    const accuracy = async (settings: string) => {
      const { sil } = await trained(`${settings}&noise=0.3&epochs=8`);
      expect(sil.devices.map(({ sent }) => sent.training.bytes)).toEqual([0, 0, 0]);
      return sil.final!.accuracy;
    };
    const plain = await accuracy('carry=0');
    const trusting = await accuracy('carry=0.8');
    const swapped = await accuracy('carry=0.8&swap=0.9');
    // 0.16, 0.77 and 0.96 were seen; the standard error of one figure is at most 0.035.
    expect(plain).toBeLessThan(0.3);
    expect(trusting).toBeGreaterThan(plain + 0.2);
    expect(swapped).toBeGreaterThan(0.85);
  });

  it('take the memory, images and arithmetic that closed forms foretell', async () => {
    const { state, sil } = await trained('carry=0.8&swap=0.9&noise=0.3&epochs=1');
    const { devices } = state.costEstimates.sil!;
    expectForetold(sil.devices, state.costEstimates.sil!, 'now');
    expect(devices.map(({ memory }) => memory.data)).toEqual([800 * 65, 600 * 65, 600 * 65]);
    const perStep = devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0);
    expect(sil.points.at(-1)!.flops).toBe(state.plan!.totalSteps * perStep);
  });

  it('have a nearest label by the units that hold one, and none where all carry', async () => {
    const nearest = async (settings: string) =>
      (await trained(`${settings}&balance=weights&epochs=2`, PLAIN)).sil.points.at(-1)!.nearestLabel;
    const shares = await nearest('carry=0.5&swap=0.9');
    for (const share of shares) expect(share).toBeGreaterThan(0.8);
    expect(await nearest('carry=1')).toEqual([NaN, NaN]);
  });

  it('come back with a lost device, to the bit, also behind a copy of the first partition', async () => {
    const settings = 'carry=0.8&swap=0.9&noise=0.3&copy=20&epochs=6';
    const { parameters } = await trained(settings);
    const test = await readySession(`${LINK}&${settings}`, DATA);
    await lose(test, 'sil', 1);
    await bringBack(test, 'sil', 1);
    expect(await test.session.parameters('sil')).toEqual(parameters);
  });

  it('are trained on by every setting that is theirs, and say which ones are not', async () => {
    const parameters = async (settings: string) => (await trained(`${settings}&epochs=1`)).parameters;
    const own = await parameters('carry=0.8&swap=0.9');
    expect(
      await parameters('carry=0.8&swap=0.9&hybrid=0.3&mix=mixtures&boundary=relu&label-steps=3'),
    ).toEqual(own);
    for (const other of ['carry=0.7&swap=0.9', 'carry=0.8&swap=0.8', 'carry=0.8&swap=0.9&noise=0.3'])
      expect(await parameters(other)).not.toEqual(own);

    const said = (settings: string) =>
      derive(decode(`data=mnist&layers=16,16&${settings}`).experiment, DATA).warnings;
    expect(said('cuts=1&carry=0.8&swap=0.9')).toEqual([]);
    expect(said('cuts=1&carry=0.8&swap=0.9&boundary=linear')).toEqual([]);
    expect(said('cuts=1&carry=0.8&boundary=relu')).toEqual([
      expect.stringContaining('Boundary has no effect'),
    ]);
    expect(said('cuts=1&carry=0.8&mix=mixtures&hybrid=0.3')).toEqual([
      expect.stringContaining('Later partitions train on, Classes beside labels have no effect'),
    ]);
    expect(said('cuts=1&carry=1&swap=0.5')).toEqual([expect.stringContaining('No class is swapped')]);
    expect(said('cuts=1&swap=0.5')).toEqual([expect.stringContaining('No class is swapped')]);
    expect(said('cuts=1&carry=0.8&swap=0.5&targets=features')).toEqual([
      expect.stringContaining('No class is swapped'),
    ]);
    // Behind a copy the second partition is shown what that answers; a third one is shown classes.
    const copied = 'carry=0.8&swap=0.5&copy=9';
    expect(said(`cuts=1&${copied}`)).toEqual([expect.stringContaining('No class is swapped')]);
    expect(said(`cuts=1,2&${copied}`)).toEqual([]);
    expect(said('cuts=&swap=0.5')).toEqual([]);
  });
});
