import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { createCpuEngine } from '../engines/cpu/index.ts';
import { initialParameters } from '../network/initialise.ts';
import { denoisingBlocks } from '../network/blocks.ts';
import { Random } from '../network/random.ts';
import { softmaxCrossEntropy, hybridLoss } from '../network/reference.ts';
import {
  activationOf,
  countParameters,
  backwardLayer,
  forwardLayer,
  unflattenParameters,
} from '../network/layers/layers.ts';
import { denseNetwork } from '../network/spec.ts';
import { analysisMethods } from './serve.ts';
import { labelLoss, type LabelLoss } from '../labels/loss.ts';
import { principalBasis, project } from './principal.ts';

const CLASSES = 5;
const layers = denseNetwork(16, [12, 9], CLASSES, 'relu');
const parameters = initialParameters(layers, 3, new Map());
const random = Random.for(1, 'test');
const images = Uint8Array.from({ length: 40 * 16 }, () => random.below(256));
const labels = Uint8Array.from({ length: 40 }, () => random.below(CLASSES));
const table = Float32Array.from({ length: CLASSES * 9 }, () => random.below(1000) / 500 - 1);
const about = {
  ...{ run: 1, layers, parameters, classes: CLASSES, scale: 1 / 255, shift: -0.5 },
  ...{ labels: [], apart: false },
};
/** Root mean square of all labels. */
const size = Math.sqrt(table.reduce((sum, value) => sum + value ** 2, 0) / table.length);
const cutWith = (loss: LabelLoss) => ({
  ...about,
  ...{
    run: 2,
    labels: [{ after: 2, width: 9, coded: 9, values: table, behind: 'labels' as const, loss }],
    apart: true,
  },
});
const cut = cutWith(labelLoss('mean', 0, 9));

/** The same in plain TypeScript. */
function forward(flat: Float32Array, bytes: Uint8Array): Float64Array[] {
  let values: Float64Array = Float64Array.from(bytes, (byte) => Math.fround(byte / 255 - 0.5));
  return unflattenParameters(layers, flat).map((view, index) => {
    values = forwardLayer(layers[index], view, values, 40);
    return values;
  });
}

describe.each([
  ['the plain reference', async () => createReferenceEngine()],
  ['the CPU engine', async () => createCpuEngine()],
])('analysis on %s', (_, make) => {
  const methods = analysisMethods(async () => make());
  methods.data({ images, labels, pixels: 16 });

  it('classifies as the network does', async () => {
    await methods.network('a', cut);
    const outputs = forward(parameters, images);
    const judged = await methods.predict('a', 40);
    for (let n = 0; n < 40; n++) {
      const row = [...outputs[2].subarray(n * CLASSES, (n + 1) * CLASSES)];
      expect(judged[n]).toBe(row.indexOf(Math.max(...row)));
    }
    const { probabilities, answers, nearest } = await methods.classify('a', images.subarray(0, 16));
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect([...probabilities].indexOf(Math.max(...probabilities))).toBe(judged[0]);
    const answer = outputs[1].subarray(0, 9);
    expect(answers.map(({ length }) => length)).toEqual([12, 9]);
    answers[1].forEach((value, unit) => expect(value).toBeCloseTo(answer[unit], 4));
    const distances = Array.from({ length: CLASSES }, (__, label) =>
      answer.reduce((sum, value, i) => sum + (value - table[label * 9 + i]) ** 2, 0),
    );
    expect(nearest[0]?.label).toBe(distances.indexOf(Math.min(...distances)));
    expect(nearest[0]?.distance).toBeCloseTo(Math.sqrt(Math.min(...distances) / 9) / size, 4);
  });

  it('answers for a network before its training, and for given weights in it', async () => {
    const { parameters: _, ...untrained } = about;
    const initScales = new Map([[1, 0.1]]);
    await methods.untrained('u', { ...untrained, seed: 8, initScales, given: null });
    await methods.network('same', { ...about, parameters: initialParameters(layers, 8, initScales) });
    const ask = async (name: string) => [
      ...(await methods.classify(name, images.subarray(0, 16))).probabilities,
    ];
    expect(await ask('u')).toEqual(await ask('same'));
    const whole = { firstLayer: 0, parameters };
    await methods.untrained('u', { ...untrained, seed: 8, initScales, given: whole });
    await methods.network('same', about);
    expect(await ask('u')).toEqual(await ask('same'));
    const last = countParameters(layers.slice(2));
    const mixed = initialParameters(layers, 8, initScales);
    mixed.set(parameters.subarray(parameters.length - last), parameters.length - last);
    await methods.untrained('u', {
      ...untrained,
      ...{ seed: 8, initScales },
      given: { firstLayer: 2, parameters: parameters.slice(-last) },
    });
    await methods.network('same', { ...about, parameters: mixed });
    expect(await ask('u')).toEqual(await ask('same'));
  });

  it('asks denoising blocks one after the other, and tells of the layers that the drawing has', async () => {
    const blocks = denoisingBlocks({ pixels: 16, classes: CLASSES }, [12, 9], 'relu', [1]);
    const all = blocks.flatMap((block) => block.layers);
    const flat = initialParameters(all, 3, new Map());
    const row = { ...about, layers: all, parameters: flat, blocks: [2], run: 12 };
    await methods.network('row', row);
    const views = unflattenParameters(all, flat);
    let z: Float64Array = new Float64Array(CLASSES);
    const outputs = blocks.flatMap(({ firstLayer, layers: own }, rank) => {
      const noise = [30, 3][rank];
      const pixels = Array.from(images.subarray(0, 16), (byte) => byte / 255 - 0.5);
      let values: Float64Array = Float64Array.of(
        ...pixels,
        ...z.map((value) => value / Math.hypot(1, noise)),
      );
      const found = own.map(
        (layer, index) => (values = forwardLayer(layer, views[firstLayer + index], values, 1)),
      );
      const powers = values.map(Math.exp);
      z = powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0));
      return found;
    });
    const { probabilities, answers } = await methods.classify('row', images.subarray(0, 16));
    probabilities.forEach((one, label) => expect(one).toBeCloseTo(z[label], 5));
    // The first block's own answer is no layer of the experiment's network.
    [outputs[0], outputs[2]].forEach((expected, layer) => {
      expect(answers[layer]).toHaveLength(expected.length);
      answers[layer].forEach((value, unit) => expect(value).toBeCloseTo(expected[unit], 4));
    });
    expect((await methods.predict('row', 1))[0]).toBe(z.indexOf(Math.max(...z)));
    const stats = await methods.layerStats('row');
    expect(stats).toHaveLength(3);
    for (const { gradient } of stats) expect(gradient).toBeGreaterThan(0);
    // Before training it is the seed's own.
    const { parameters: _, ...untrained } = row;
    await methods.untrained('fresh row', { ...untrained, seed: 3, initScales: new Map(), given: null });
    expect((await methods.classify('fresh row', images.subarray(0, 16))).probabilities).toEqual(
      probabilities,
    );
  });

  it('knows what it can of a cut without label vectors: answers, and gradients behind it', async () => {
    await methods.network('f', {
      ...cut,
      run: 8,
      labels: cut.labels.map((one) => ({ ...one, values: null })),
    });
    const { nearest } = await methods.classify('f', images.subarray(0, 16));
    expect(nearest).toEqual([null]);
    const { points, labels: letters, distance } = await methods.picture('f', 0, 40);
    expect([points.length, letters.length, distance]).toEqual([80, 0, null]);
    const stats = await methods.layerStats('f');
    expect(stats.map(({ gradient }) => gradient === null)).toEqual([true, true, false]);
    // The last partition learns from what the first one answers.
    const [, answers] = forward(parameters, images);
    const own = unflattenParameters(layers, parameters)[2];
    const logits = forwardLayer(layers[2], own, answers, 40);
    const { gradient } = softmaxCrossEntropy(logits, labels, CLASSES, 40);
    const found = backwardLayer(layers[2], own, answers, logits, gradient, 40).parameters;
    const norm = Math.hypot(...Object.values(found).flatMap((values) => [...values]));
    expect(stats[2].gradient! / norm).toBeCloseTo(1, 4);
  });

  it('goes by the units that hold a vector where others carry the image', async () => {
    const values = Float32Array.from(
      { length: CLASSES * 4 },
      (_, i) => table[Math.floor(i / 4) * 9 + (i % 4)],
    );
    await methods.network('c', {
      ...cut,
      run: 9,
      labels: cut.labels.map((one) => ({ ...one, coded: 4, values, behind: 'answers' as const })),
    });
    const [, answers] = forward(parameters, images);
    const apart = (n: number, label: number) => {
      let sum = 0;
      for (let i = 0; i < 4; i++) sum += (answers[n * 9 + i] - values[label * 4 + i]) ** 2;
      return Math.sqrt(sum / 4) / Math.sqrt(values.reduce((all, v) => all + v * v, 0) / values.length);
    };
    const { nearest } = await methods.classify('c', images.subarray(0, 16));
    const distances = Array.from({ length: CLASSES }, (_, label) => apart(0, label));
    expect(nearest[0]!.label).toBe(distances.indexOf(Math.min(...distances)));
    expect(nearest[0]!.distance).toBeCloseTo(Math.min(...distances), 4);
    const { points, labels: letters, distance } = await methods.picture('c', 0, 40);
    expect([points.length, letters.length]).toEqual([80, 2 * CLASSES]);
    const own = [...labels.subarray(0, 40)].map((label, n) => apart(n, label));
    expect(distance).toBeCloseTo(own.reduce((sum, one) => sum + one, 0) / 40, 4);
    // What the first partition learns is not known here; the last one learns from what that answers.
    const stats = await methods.layerStats('c');
    expect(stats.map(({ gradient }) => gradient === null)).toEqual([true, true, false]);
  });

  it.each([
    ['of the whole network', about],
    ['of each partition’s own loss, a mean over the units', cut],
    ['of each partition’s own loss, a sum over them', { ...cutWith(labelLoss('sum', 0, 9)), run: 5 }],
    [
      'of each partition’s own loss, classes beside labels',
      { ...cutWith(labelLoss('mean', 0.3, 9)), run: 6 },
    ],
    ['of the whole network, once its partitions are joined', { ...cut, apart: false }],
  ])('finds gradient norms %s as finite differences do', async (__, network) => {
    await methods.network('b', network);
    const layerStats = await methods.layerStats('b');
    const loss = (flat: Float32Array): number => {
      const outputs = forward(flat, images);
      if (!network.apart) return softmaxCrossEntropy(outputs[2], labels, CLASSES, 40).sum / 40;
      const left = hybridLoss(outputs[1], labels, table, 9, network.labels[0].loss, 40).sum / 40;
      const inputs = Float64Array.from(
        [...labels].flatMap((label) => [...table.subarray(label * 9, label * 9 + 9)]),
      );
      const logits = forwardLayer(layers[2], unflattenParameters(layers, flat)[2], inputs, 40);
      return left + softmaxCrossEntropy(logits, labels, CLASSES, 40).sum / 40;
    };
    let offset = 0;
    for (const [index, layer] of layers.entries()) {
      const size = countParameters([layer]);
      let sum = 0;
      for (let i = offset; i < offset + size; i++) {
        const moved = (by: number) => {
          const flat = parameters.slice();
          flat[i] += by;
          return loss(flat);
        };
        // float32 parameters: a step of 2⁻⁹ leaves 14 bits of the difference, and ReLU bends little in it.
        sum += ((moved(2 ** -9) - moved(-(2 ** -9))) / 2 ** -8) ** 2;
      }
      offset += size;
      expect(layerStats[index].gradient! / Math.sqrt(sum)).toBeCloseTo(1, 2);
      expect(layerStats[index].dead === null).toBe(activationOf(layer) !== 'relu');
    }
  });

  it('counts the units that give 0 for every image', async () => {
    const flat = parameters.slice();
    const [first] = unflattenParameters(layers, flat);
    // Inputs lie within ±0.5 and weights below 8: these never give anything else than 0.
    for (const unit of [2, 5, 11]) first.bias[unit] = -16 * 8;
    await methods.network('b', { ...about, run: 9, parameters: flat });
    const alive = forward(flat, images)[0];
    const silent = Array.from({ length: 12 }, (__, unit) =>
      Array.from({ length: 40 }, (___, n) => alive[n * 12 + unit]).every((value) => value === 0),
    );
    expect(silent.filter(Boolean).length).toBeGreaterThanOrEqual(3);
    expect(silent.filter(Boolean).length).not.toBe(6);
    const [{ dead }] = await methods.layerStats('b');
    expect(dead).toBe(silent.filter(Boolean).length / 12);
  });

  it('knows the labels of a new run, though both begin alike', async () => {
    // Sparse labels of another seed: the first number is 0 in both.
    const [before, after] = [
      [0, 1],
      [0, 2],
    ].map(([first, second]) => {
      const values = table.map((value, i) => (i === 0 ? first : second * value));
      return [{ ...cut.labels[0], values }];
    });
    await methods.network('e', { ...cut, run: 3, labels: before });
    await methods.network('e', { ...cut, run: 4, labels: after });
    await methods.network('fresh', { ...cut, run: 4, labels: after });
    const ask = async (name: string) => ({
      nearest: (await methods.classify(name, images.subarray(0, 16))).nearest,
      picture: await methods.picture(name, 0, 20),
      layerStats: await methods.layerStats(name),
    });
    expect(await ask('e')).toEqual(await ask('fresh'));
  });

  it('tells what changed, and starts anew with another run', async () => {
    await methods.network('c', about);
    expect((await methods.layerStats('c')).map(({ change }) => change)).toEqual([null, null, null]);
    await methods.network('c', { ...about, parameters: parameters.map((value) => value + 3) });
    const [first] = await methods.layerStats('c');
    expect(first.change).toBeCloseTo(3 * Math.sqrt(16 * 12 + 12), 3);
    await methods.network('c', cut);
    expect((await methods.layerStats('c'))[0].change).toBeNull();
    // Joined, it is another network: it learns from another loss.
    await methods.network('c', { ...cut, apart: false });
    expect((await methods.layerStats('c'))[0].change).toBeNull();
    methods.forget('c');
    await expect(methods.layerStats('c')).rejects.toThrow('No network named c');
  });

  it('draws a cut: its answers, its labels and how far apart they are', async () => {
    await methods.network('d', cut);
    const picture = await methods.picture('d', 0, 20);
    expect(picture.points).toHaveLength(40);
    expect(picture.labels).toHaveLength(2 * CLASSES);
    expect([...picture.classes]).toEqual([...picture.images].map((n) => labels[n]));
    const outputs = forward(parameters, images)[1];
    const away = [...picture.images].map((n) => {
      const own = table.subarray(labels[n] * 9, labels[n] * 9 + 9);
      const sum = own.reduce((all, value, i) => all + (outputs[n * 9 + i] - value) ** 2, 0);
      return Math.sqrt(sum / 9) / size;
    });
    expect(picture.distance).toBeCloseTo(away.reduce((all, one) => all + one) / away.length, 4);
  });
});

describe('principal components', () => {
  // A long axis (1, 2, 0, …), a shorter one at right angles, and a little of everything.
  const cloud = (angle: number) =>
    Float32Array.from({ length: 300 * 6 }, (_, at) => {
      const n = Math.floor(at / 6);
      const [far, near] = [Math.sin(n * 1.3) * 10, Math.cos(n * 2.7) * 4];
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const axes = [
        [c, s, 0, 0, 0, 0],
        [-s, c, 0, 0, 0, 0],
      ];
      return far * axes[0][at % 6] + near * axes[1][at % 6] + 0.1 * Math.sin(at * 12.9898) + 3;
    });
  const cosine = (a: Float64Array, b: readonly number[]) =>
    Math.abs(a.reduce((sum, v, i) => sum + v * (b[i] ?? 0), 0));

  it('are the directions of largest spread', () => {
    const { axes, mean } = principalBasis(cloud(0.5), 6);
    expect(cosine(axes[0], [Math.cos(0.5), Math.sin(0.5)])).toBeGreaterThan(0.999);
    expect(cosine(axes[1], [-Math.sin(0.5), Math.cos(0.5)])).toBeGreaterThan(0.999);
    expect(mean[5]).toBeCloseTo(3, 1);
    expect(project(cloud(0.5), { axes, mean })).toHaveLength(600);
  });

  it('hardly move when the points hardly do', () => {
    let basis = principalBasis(cloud(0), 6);
    let shown = project(cloud(0), basis);
    for (let angle = 0.01; angle < 0.3; angle += 0.01) {
      basis = principalBasis(cloud(angle), 6, basis);
      const next = project(cloud(angle), basis);
      const moved = Math.max(...next.map((value, i) => Math.abs(value - shown[i])));
      // Points at most 11 from the middle turn by 0.01 a picture.
      expect(moved).toBeLessThan(0.3);
      shown = next;
    }
  });

  it('of points that are all the same are some plane', () => {
    const { axes } = principalBasis(new Float32Array(30).fill(2), 3);
    expect(axes.flatMap((axis) => [...axis]).every(Number.isFinite)).toBe(true);
  });
});
