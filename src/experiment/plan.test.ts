import { OPTIMIZER_IDS, type OptimizerId } from '../network/optimizers/registry.ts';
import { describe, expect, it } from 'vitest';
import { boundaryWidths } from '../network/partition.ts';
import { initialParameters } from '../network/initialise.ts';
import { activationOf, unflattenParameters, levelSizes } from '../network/layers/layers.ts';
import { activationBytes, forwardFlops, stageCost, totalBytes, trainingFlops } from './cost/stage.ts';
import { exchangeBytesPerStep, forwardBytes } from './cost/traffic.ts';
import { DATASETS } from './datasets.ts';
import type { Experiment } from './experiment.ts';
import { labelTables, lossAt, plan } from './plan.ts';
import { DEFAULTS } from './table.ts';

const balanced = DATASETS['emnist-balanced'].shape;

describe('a plan', () => {
  const experiment = {
    ...DEFAULTS,
    layers: [256, 128, 64, 32],
    activation: 'tanh',
    cuts: [1, 3],
    code: ['gaussian', 'sparse'],
    recovery: 2,
  } as const;

  it('resolves what is automatic, cut by cut', () => {
    expect(plan(experiment, balanced).cuts).toEqual([
      {
        index: 0,
        after: 1,
        width: 256,
        targets: 'codes',
        coded: 256,
        code: 'gaussian',
        scale: 1,
        boundary: 'linear',
        initScale: 0.1,
      },
      {
        index: 1,
        after: 3,
        width: 64,
        targets: 'codes',
        coded: 64,
        code: 'sparse',
        scale: 2,
        boundary: 'relu',
        initScale: 0.3,
      },
    ]);
  });

  it('obeys what is set, for all cuts or for each', () => {
    const cuts = (settings: object) => plan({ ...experiment, ...settings }, balanced).cuts;
    expect(cuts({ boundary: 'relu' }).map(({ boundary, initScale }) => [boundary, initScale])).toEqual([
      ['relu', 0.3],
      ['relu', 0.3],
    ]);
    expect(cuts({ labelInitScale: 0.05 }).map(({ initScale }) => initScale)).toEqual([0.05, 0.05]);
    expect(cuts({ scale: [0.5] }).map(({ scale }) => scale)).toEqual([0.5, 0.5]);
    expect(cuts({ scale: [0.5, 3] }).map(({ scale }) => scale)).toEqual([0.5, 3]);
    expect(cuts({ code: ['sign'] }).map(({ code }) => code)).toEqual(['sign', 'sign']);
  });

  it('changes only the activation before each cut, and its initial scale', () => {
    const { network, labelNetwork, initScales, labelInitScales } = plan(experiment, balanced);
    expect(network.map(activationOf)).toEqual(['tanh', 'tanh', 'tanh', 'tanh', 'linear']);
    expect(labelNetwork.map(activationOf)).toEqual(['linear', 'tanh', 'relu', 'tanh', 'linear']);
    expect(levelSizes(labelNetwork)).toEqual(levelSizes(network));
    expect([...initScales]).toEqual([[4, 0.1]]);
    expect([...labelInitScales]).toEqual([
      [4, 0.1],
      [0, 0.1],
      [2, 0.3],
    ]);
  });

  it('leaves every other layer with the same initial weights as conventional training', () => {
    const { network, labelNetwork, initScales, labelInitScales } = plan(experiment, balanced);
    const whole = unflattenParameters(network, initialParameters(network, 5, initScales));
    const sil = unflattenParameters(labelNetwork, initialParameters(labelNetwork, 5, labelInitScales));
    for (const index of [1, 3, 4]) expect(sil[index].weights).toEqual(whole[index].weights);
    for (const index of [0, 2]) expect(sil[index].weights).not.toEqual(whole[index].weights);
  });

  it('is cut before and behind a normalisation, which has no activation to choose', () => {
    const { cuts, partitions, labelNetwork, labelInitScales } = plan(
      { ...experiment, layers: [64, 'ln', 32, 'ln'], cuts: [1, 2, 4], boundary: 'relu' },
      balanced,
    );
    expect(cuts.map(({ width, boundary, initScale }) => [width, boundary, initScale])).toEqual([
      [64, 'relu', 0.3],
      [64, 'linear', 0.1],
      [32, 'linear', 0.1],
    ]);
    expect(partitions.map(({ layers }) => layers.map(({ kind }) => kind))).toEqual([
      ['dense'],
      ['layer-norm'],
      ['dense', 'layer-norm'],
      ['dense'],
    ]);
    const [, norm] = unflattenParameters(labelNetwork, initialParameters(labelNetwork, 5, labelInitScales));
    expect([...new Set(norm.scale)]).toEqual([Math.fround(0.1)]);
  });

  it('cuts both networks at the same places', () => {
    const { stages, partitions, labelNetwork, cuts } = plan(experiment, balanced);
    expect(partitions.map(({ firstLayer, layers }) => [firstLayer, layers.length])).toEqual([
      [0, 1],
      [1, 2],
      [3, 2],
    ]);
    expect(stages.map(({ firstLayer }) => firstLayer)).toEqual([0, 1, 3]);
    expect(partitions.flatMap(({ layers }) => [...layers])).toEqual(labelNetwork);
    expect(cuts.map(({ width }) => width)).toEqual(boundaryWidths(labelNetwork, experiment.cuts));
  });

  it('counts steps', () => {
    expect(plan(experiment, balanced)).toMatchObject({
      stepsPerEpoch: 882, // ⌈112,800 / 128⌉
      totalSteps: 882 * 8,
      labelSteps: 882 * 8,
      recoverySteps: 882 * 2,
    });
    expect(plan({ ...experiment, labelSteps: 400 }, balanced).labelSteps).toBe(400);
  });

  it('gives every cut its own labels, the same ones each time', () => {
    const same = { ...DEFAULTS, layers: [64, 64], cuts: [1, 2] };
    const tables = labelTables(plan(same, balanced), same);
    expect(tables.map((table) => [table?.classes, table?.width])).toEqual([
      [47, 64],
      [47, 64],
    ]);
    expect(tables[0]?.values).not.toEqual(tables[1]?.values);
    expect(labelTables(plan(same, balanced), same)).toEqual(tables);
    expect(labelTables(plan(same, balanced), { ...same, seed: 2 })).not.toEqual(tables);
  });

  it('learns features at the first cut where that is asked for, or where it comes after a single layer', () => {
    const targetsOf = (settings: Partial<Experiment>) =>
      plan({ ...DEFAULTS, boundary: 'linear', ...settings }, balanced).cuts.map(
        ({ targets, boundary, initScale }) => [targets, boundary, initScale],
      );
    const [features, codes] = [
      ['features', 'relu', 0.3],
      ['codes', 'linear', 0.1],
    ];
    expect(targetsOf({ cuts: [1, 2] })).toEqual([codes, codes]);
    expect(targetsOf({ cuts: [1, 2], targets: 'auto' })).toEqual([features, codes]);
    expect(targetsOf({ cuts: [2, 3], targets: 'auto' })).toEqual([codes, codes]);
    expect(targetsOf({ cuts: [2, 3], targets: 'features' })).toEqual([features, codes]);
    // A layer normalisation has both signs.
    expect(targetsOf({ layers: [64, 'ln', 64], cuts: [2], targets: 'features' })).toEqual([codes]);
    const settings = { ...DEFAULTS, cuts: [1, 2], targets: 'auto' } as const;
    const tables = labelTables(plan(settings, balanced), settings);
    expect(tables.map((table) => table?.width)).toEqual([undefined, 512]);
    // The labels of later cuts are those that they have without it.
    expect(tables[1]).toEqual(labelTables(plan({ ...settings, targets: 'codes' }, balanced), settings)[1]);
  });

  it('carries the image in a share of the units at every cut but where features are learnt', () => {
    const cutsOf = (settings: Partial<Experiment>) => {
      const experiment = { ...DEFAULTS, cuts: [1, 2], carry: 0.9, ...settings };
      const planned = plan(experiment, balanced);
      const tables = labelTables(planned, experiment);
      return planned.cuts.map(({ targets, coded, boundary, initScale }, index) => [
        ...[targets, coded, boundary, initScale],
        tables[index]?.width,
      ]);
    };
    const carried = ['carried', 51, 'linear', 0.1, 51];
    expect(cutsOf({})).toEqual([carried, carried]);
    // What is carried has both signs, whatever the code or the boundary asked for.
    expect(cutsOf({ code: ['sparse'], boundary: 'relu' })).toEqual([carried, carried]);
    expect(cutsOf({ targets: 'auto' })).toEqual([['features', 0, 'relu', 0.3, undefined], carried]);
    const alone = ['carried', 0, 'linear', 0.1, undefined];
    expect(cutsOf({ carry: 1 })).toEqual([alone, alone]);
    // However narrow a cut is: later partitions have images then.
    expect(cutsOf({ layers: [8, 512, 9], carry: 0.01 }).map(([targets, coded]) => [targets, coded])).toEqual([
      ['carried', 7],
      ['carried', 507],
    ]);
    const normalised = cutsOf({ layers: [64, 'ln', 64, 9], cuts: [2] });
    expect(normalised).toEqual([['carried', 6, 'linear', 0.1, 6]]);
  });

  it('reduces the label loss over units as asked', () => {
    expect(lossAt(DEFAULTS, 512)).toEqual({ scale: 1 / 512, weight: 0, sharpness: 1 / 25.6 });
    expect(lossAt({ ...DEFAULTS, reduction: 'sum' }, 512)).toMatchObject({ scale: 1, weight: 0 });
    const hybrid = { ...DEFAULTS, hybrid: 0.25 };
    expect(lossAt(hybrid, 512)).toMatchObject({ scale: 1 / 512, weight: 0.25 });
    // Summed, both parts are as many times larger as there are units.
    expect(lossAt({ ...hybrid, reduction: 'sum' }, 512)).toMatchObject({ scale: 1, weight: 128 });
  });

  it('of an uncut network has one partition and no labels', () => {
    const uncut = plan({ ...DEFAULTS, cuts: [] }, balanced);
    expect(uncut.partitions).toHaveLength(1);
    expect(uncut.labelNetwork).toEqual(uncut.network);
    expect(labelTables(uncut, DEFAULTS)).toEqual([]);
  });
});

describe('the cost of a stage, by hand', () => {
  const layers = [
    { kind: 'dense', inputs: 5, outputs: 3, activation: 'relu' },
    { kind: 'dense', inputs: 3, outputs: 2, activation: 'linear' },
  ] as const;

  it('counts bytes by kind', () => {
    const common = { layers, batch: 10, inputGradient: false };
    expect(stageCost({ ...common, optimizer: 'adam', training: 'local' })).toEqual({
      parameters: 26, // 5·3 + 3 + 3·2 + 2
      memory: {
        parameters: 104,
        gradients: 0,
        optimizer: 208,
        activations: 400, // 4 · 10 · (5 + 3 + 2)
        labels: 0,
        data: 0,
        workspace: 0,
      },
      flopsPerStep: 960, // 10 · (4 · 15 + 6 · 6)
    });
    const exchange = stageCost({
      ...common,
      optimizer: 'momentum',
      training: 'exchange',
      inputGradient: true,
      inFlight: 3,
      tables: [
        { classes: 4, width: 5 },
        { classes: 4, width: 2 },
      ],
      images: { count: 100, pixels: 5 },
    });
    expect(exchange.memory).toEqual({
      parameters: 104,
      gradients: 104,
      optimizer: 104,
      activations: 1200,
      labels: 112, // 4 · 4 · (5 + 2)
      data: 600, // one byte a pixel, one a class
      workspace: 0,
    });
    expect(totalBytes(exchange.memory)).toBe(104 * 3 + 1200 + 112 + 600);
    expect(exchange.flopsPerStep).toBe(1260); // 10 · 6 · 21
    const moments = (optimizer: OptimizerId) =>
      stageCost({ ...common, optimizer, training: 'local' }).memory.optimizer / 104;
    expect(OPTIMIZER_IDS.map((id) => [id, moments(id)])).toEqual([
      ['sgd', 0],
      ['momentum', 1],
      ['adam', 2],
      ['adamw', 2],
      ['lion', 1],
    ]);
  });

  it('counts FLOPs: 2 forward, 4 or 6 in all per weight and sample', () => {
    expect(forwardFlops(layers, 1)).toBe(42);
    expect(trainingFlops(layers, 1, true)).toBe(126);
    expect(trainingFlops(layers, 1, false)).toBe(96);
    expect(activationBytes(layers, 1)).toBe(40);
  });

  it('on a tapered network is 0.69 GFLOP a step with, 0.59 without the gradient of the image', () => {
    const tapered = plan({ ...DEFAULTS, layers: [512, 512, 256, 256, 128] }, balanced).network;
    // Weights: 784·512 + 512·512 + 512·256 + 256·256 + 256·128 + 128·47 = 898,944.
    expect(trainingFlops(tapered, 128, true)).toBe(6 * 898_944 * 128); // 690,388,992
    expect(trainingFlops(tapered, 128, false)).toBe(6 * 898_944 * 128 - 2 * 784 * 512 * 128); // 587,628,544
  });
});

describe('traffic', () => {
  it('counts what would cross the cuts', () => {
    expect(forwardBytes([512, 512], 2000)).toBe(2000 * 1024 * 4);
    expect(exchangeBytesPerStep([512, 512], 128)).toBe(2 * 128 * 1024 * 4);
    expect(exchangeBytesPerStep([], 128)).toBe(0);
  });
});
