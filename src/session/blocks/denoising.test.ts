/** Denoising blocks: what each learns alone, how they answer one after the other, what they hold, and that none needs another. */
import { afterAll, describe, expect, it } from 'vitest';
import { trainedBy } from '../../experiment/plan.ts';
import { learningRatesBetween } from '../../experiment/schedule.ts';
import { initialParameters } from '../../network/initialise.ts';
import type { Numbers } from '../../network/layers/layer.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { roughNormal, streamKey, wordAt } from '../../network/random.ts';
import { softmaxCrossEntropy } from '../../network/reference.ts';
import { givenBy, imagesAt, learnByHand, pixelsOf, type Part } from '../../strategies/heads/testing.ts';
import type { SessionState } from '../state.ts';
import { madeUpDataset } from '../../data/testing.ts';
import {
  bringBack,
  closeSessions,
  linkWith,
  lose,
  readAlong,
  readySession,
  trainedSession,
  until,
} from '../testing.ts';
import { distance, expectForetold } from '../../strategies/testing.ts';

/** 250 images in batches of 24: ten whole ones and one of 10. */
const DATA = madeUpDataset({ train: 250, test: 60 });
const { classes, pixels } = DATA;
const STEPS = 11;

const LINK = 'data=mnist&layers=23,17,31,16,12&batch=24&epochs=1&turn=0&test=0&seed=4&strategies=denoising';

afterAll(closeSessions);

const trained = (settings: string) => trainedSession(linkWith(LINK, settings), DATA);

/** Image and z side by side, z divided by √(1 + σ²). */
const beside = (images: Numbers, z: Numbers, noise: number): Float64Array =>
  Float64Array.from({ length: (images.length / pixels) * (pixels + classes) }, (_, at) => {
    const [n, i] = [Math.floor(at / (pixels + classes)), at % (pixels + classes)];
    return i < pixels ? images[n * pixels + i] : z[n * classes + i - pixels] / Math.hypot(1, noise);
  });

/** The blocks in plain loops and double precision: each on image and noised class, then one after the other. */
function byHand({ experiment, plan }: SessionState, noises: readonly number[]) {
  const { seed, epochs, recovery, recoveryLearningRate, schedule, learningRate, batch } = experiment;
  const { network, initScales } = trainedBy('denoising', plan!);
  const all = initialParameters(network, seed, initScales);
  let from = 0;
  const parts = plan!.blocks.map(({ layers }): Part => {
    const flat = Float64Array.from(all.subarray(from, (from += countParameters(layers))));
    return { body: layers.length, layers, flat, moments: [flat.map(() => 0), flat.map(() => 0)] };
  });
  const total = STEPS * epochs;
  const rates = [
    ...learningRatesBetween(schedule, learningRate, 0, total, total),
    ...Array.from({ length: STEPS * recovery }, () => recoveryLearningRate),
  ];
  const losses = rates.map((rate, at) => {
    const images = imagesAt(experiment, DATA, at);
    const targets = Array.from(images, (image) => DATA.train.labels[image]);
    return parts.map((part, rank) => {
      const z = Float64Array.from({ length: targets.length * classes }, (_, i) => {
        const word = wordAt(streamKey(seed, 'denoising', rank), at * batch * classes + i);
        return (targets[Math.floor(i / classes)] === i % classes ? 1 : 0) + noises[rank] * roughNormal(word);
      });
      const x = beside(pixelsOf(DATA, images), z, noises[rank]);
      return learnByHand(part, x, targets, { ...experiment, learningRate: rate, number: at + 1 });
    });
  });
  const { test } = DATA;
  const tested = pixelsOf(
    { ...DATA, train: test },
    Uint32Array.from({ length: test.count }, (_, n) => n),
  );
  let z: Float64Array<ArrayBufferLike> = new Float64Array(test.count * classes);
  const scores = parts.map((part, rank) => {
    const logits = givenBy(part, beside(tested, z, noises[rank]), test.count);
    const { sum, correct } = softmaxCrossEntropy(logits, test.labels, classes, test.count);
    z = Float64Array.from(logits, (value, at) => {
      const row = [...logits.subarray(at - (at % classes), at - (at % classes) + classes)];
      return Math.exp(value) / row.reduce((all, one) => all + Math.exp(one), 0);
    });
    return { accuracy: correct / test.count, loss: sum / test.count };
  });
  return { parameters: parts.flatMap(({ flat }) => [...flat]), losses, scores };
}

describe('what is learned', () => {
  it.each([
    ['cuts=', [30]],
    ['cuts=2,4&epochs=2', [30, Math.sqrt(90), 3]],
    ['cuts=3&layers=23,17,ln,31&recovery=1&recovery-rate=0.01', [30, 3]],
  ])(
    'is, block by block, what plain loops learn from image and noised class: %s',
    async (settings, noises) => {
      const { session, state } = await trained(settings);
      const { parameters: expected, losses, scores } = byHand(state, noises);
      const found = (await session.parameters('denoising'))!;
      expect(found).toHaveLength(expected.length);
      // Float32 roundings over up to twenty-two steps of Adam; a wrong gradient moves every parameter by a part of the rate,
      // 1e-2 of this norm.
      expect(distance(found, expected)).toBeLessThan(1e-5);
      const { points, final } = state.strategies.denoising!;
      const last = points.at(-1)!;
      last.rankLosses.forEach((loss, rank) => {
        const own = losses.slice(-STEPS).map((one) => one[rank]);
        expect(loss).toBeCloseTo(own.reduce((sum, one) => sum + one, 0) / STEPS, 4);
      });
      // An answer of float32 may turn over where two classes are as likely to five digits: none does here.
      expect([...last.nearestLabel, last.testAccuracy]).toEqual(scores.map(({ accuracy }) => accuracy));
      expect(final!.accuracy).toBe(scores.at(-1)!.accuracy);
      expect(last.testLoss).toBeCloseTo(scores.at(-1)!.loss, 4);
    },
  );

  it('is the same on TensorFlow.js, and the same bits on any number of threads', async () => {
    const [one, several, peer] = await Promise.all(
      ['cpu&threads=1', 'cpu&threads=4', 'tfjs'].map((engine) =>
        trained(`cuts=1&layers=160,160&batch=125&engine=${engine}`),
      ),
    );
    const threads = ({ state }: typeof one) =>
      state.strategies.denoising!.devices.map(({ about }) => about.details['threads']);
    expect(threads(several)).not.toEqual(threads(one));
    const expected = (await one.session.parameters('denoising'))!;
    expect(await several.session.parameters('denoising')).toEqual(expected);
    const found = (await peer.session.parameters('denoising'))!;
    // Float32 sums in another order; a wrong gradient moves every parameter by a part of the rate, 1e-2 of this norm.
    expect(distance(found, expected)).toBeLessThan(1e-4);
  });

  it('does not depend on turns, nor on who reads meanwhile', async () => {
    const { session: calm } = await trained('cuts=1,3');
    const { session } = await readySession(linkWith(LINK, 'cuts=1,3&turn=3'), DATA);
    await readAlong(session, ['denoising']);
    expect(await session.parameters('denoising')).toEqual(await calm.parameters('denoising'));
  });
});

it('sends nothing while it trains, and holds and computes what closed forms foretell', async () => {
  const { state } = await trained('cuts=2,4&recovery=1');
  const { devices, points } = state.strategies.denoising!;
  const costEstimate = state.costEstimates.denoising!;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  for (const { sent } of devices)
    for (const phase of ['training', 'join'] as const) expect(sent[phase]).toEqual({ bytes: 0, messages: 0 });
  // Before training, after each of its two turns, and at the end: ten probabilities of 60 images over two cuts.
  expect(costEstimate.evaluationBytes(60)).toBe(4 * 10 * 60 * 2);
  expect(sum(devices.map(({ sent }) => sent.evaluation.bytes))).toBe(4 * costEstimate.evaluationBytes(60));
  expect(points.at(-1)!.flops).toBe(2 * STEPS * costEstimate.flopsPerStep);
  expect(costEstimate.bytesPerStep).toBe(0);
  // 64 pixels and ten classes go into every block, and each answers with ten classes.
  const dense = (inputs: number, outputs: number) => (inputs + 1) * outputs;
  expect(costEstimate.devices.map(({ parameters }) => parameters)).toEqual([
    dense(74, 23) + dense(23, 17) + dense(17, 10),
    dense(74, 31) + dense(31, 16) + dense(16, 10),
    dense(74, 12) + dense(12, 10),
  ]);
  expectForetold(devices, costEstimate);
  // Every block holds all images.
  for (const { memory } of devices) expect(memory.byKind.data).toBe(310 * (64 + 1));
});

it('misses no device that is lost, and a new one in its place ends with the same bits', async () => {
  const settings = 'cuts=1,2&layers=64,64,64&batch=10&epochs=6&recovery=1';
  const { session: calm } = await trained(settings);
  const test = await readySession(linkWith(LINK, settings), DATA);
  const { session } = test;
  await lose(test, 'denoising', 1);
  const steps = session.store.getState().strategies.denoising!.step;
  await until(session, ({ strategies }) => strategies.denoising!.step > steps);
  await bringBack(test, 'denoising', 1);
  expect(await session.parameters('denoising')).toEqual(await calm.parameters('denoising'));
  expect(session.store.getState().strategies.denoising!.final).toEqual(
    calm.store.getState().strategies.denoising!.final,
  );
});
