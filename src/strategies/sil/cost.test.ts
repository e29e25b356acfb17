import { describe, expect, it } from 'vitest';
import { forwardFlops } from '../../experiment/cost/stage.ts';
import { DATASETS } from '../../experiment/datasets.ts';
import { plan } from '../../experiment/plan.ts';
import { DEFAULTS } from '../../experiment/table.ts';
import { conventionalCost } from '../conventional/cost.ts';
import { silCosts } from './cost.ts';

const balanced = DATASETS['emnist-balanced'].shape;

describe('the cost of partitions beside that of the whole', () => {
  const experiment = { ...DEFAULTS, cuts: [2, 3] };
  const planned = plan(experiment, balanced);
  const whole = conventionalCost(planned, experiment, balanced);
  const parts = silCosts(planned, experiment, balanced);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

  it('shares parameters and optimizer state among the partitions, none twice', () => {
    expect(whole.parameters).toBe(1_476_655); // 784·512 + 512 + 4·(512² + 512) + 512·47 + 47
    expect(sum(parts.map((part) => part.parameters))).toBe(whole.parameters);
    expect(sum(parts.map((part) => part.memory.optimizer))).toBe(8 * whole.parameters);
    expect([whole, ...parts].map((part) => part.memory.gradients)).toEqual([0, 0, 0, 0]);
  });

  it('gives images to the first partition only, and to each the tables beside it', () => {
    const table = 4 * 47 * 512;
    expect(whole.memory).toMatchObject({ labels: 0, data: (112_800 + 18_800) * 785 });
    expect(parts.map((part) => part.memory.labels)).toEqual([table, 2 * table, table]);
    expect(parts.map((part) => part.memory.data)).toEqual([whole.memory.data, 0, 0]);
  });

  it('saves the ∂input of each later partition', () => {
    const saved = sum(planned.partitions.slice(1).map(({ layers }) => forwardFlops(layers.slice(0, 1), 128)));
    expect(sum(parts.map((part) => part.flopsPerStep))).toBe(whole.flopsPerStep - saved);
  });

  it('counts the distances to all labels where classes are learnt beside them', () => {
    const hybrid = silCosts(planned, { ...experiment, hybrid: 0.3 }, balanced);
    expect(hybrid.map(({ flopsPerStep }, rank) => flopsPerStep - parts[rank].flopsPerStep)).toEqual([
      5 * 128 * 47 * 512,
      5 * 128 * 47 * 512,
      0,
    ]);
    expect(hybrid.map(({ memory }) => memory)).toEqual(parts.map(({ memory }) => memory));
  });

  it('counts what makes features on both sides of the first cut, and the images of the second partition', () => {
    const before = { ...experiment, cuts: [1, 3] };
    const [codes, features] = (['codes', 'features'] as const).map((targets) => {
      const settings = { ...before, targets };
      return silCosts(plan(settings, balanced), settings, balanced);
    });
    const [table, layer] = [4 * 47 * 512, 4 * (784 * 512 + 512)];
    expect(features.map(({ memory }) => memory.labels)).toEqual([layer, layer + table, table]);
    expect(features.map(({ memory }) => memory.data)).toEqual([(112_800 + 18_800) * 785, 112_800 * 785, 0]);
    expect(features.map(({ memory }, rank) => memory.activations - codes[rank].memory.activations)).toEqual([
      4 * 128 * 512,
      4 * 128 * 784,
      0,
    ]);
    const once = 2 * 128 * 784 * 512;
    expect(features.map(({ flopsPerStep }, rank) => flopsPerStep - codes[rank].flopsPerStep)).toEqual([
      once,
      once,
      0,
    ]);
  });

  it('counts what makes labels that carry on both sides of every cut, and the images of all', () => {
    const settings = { ...experiment, cuts: [1, 3], carry: 0.9, swap: 0.9, hybrid: 0.3 };
    const costs = (carry: number) =>
      silCosts(plan({ ...settings, carry }, balanced), { ...settings, carry }, balanced);
    const plain = silCosts(
      plan({ ...settings, carry: 0 }, balanced),
      { ...settings, carry: 0, hybrid: 0 },
      balanced,
    );
    const [layer, table] = [4 * (784 * 512 + 512), 4 * 47 * 512];
    const [trained, train] = [(112_800 + 18_800) * 785, 112_800 * 785];
    const carried = costs(0.9);
    expect(carried.map(({ memory }) => memory.labels)).toEqual([
      layer + table,
      2 * (layer + table),
      layer + table,
    ]);
    expect(carried.map(({ memory }) => memory.data)).toEqual([trained, train, train]);
    // What is aimed at, and the image before what is made of it.
    const [aims, images] = [4 * 128 * 512, 4 * 128 * 784];
    expect(carried.map(({ memory }, rank) => memory.activations - plain[rank].memory.activations)).toEqual([
      aims,
      images + aims,
      images,
    ]);
    const once = 2 * 128 * 784 * 512;
    expect(carried.map(({ flopsPerStep }, rank) => flopsPerStep - plain[rank].flopsPerStep)).toEqual([
      once,
      2 * once,
      once,
    ]);
    expect(costs(1).map(({ memory }) => memory.labels)).toEqual([layer, 2 * layer, layer]);
  });

  it('counts the copy of the first partition that the second trains behind', () => {
    const before = { ...experiment, cuts: [2, 3] };
    const copied = { ...before, copy: 300 };
    const [plain, copies] = [before, copied].map((settings) =>
      silCosts(plan(settings, balanced), settings, balanced),
    );
    const front = plain[0].parameters;
    const table = 4 * 47 * 512;
    // The table that the copy learns, the copy as it stands then, and the second one's own.
    expect(copies.map(({ memory }) => memory.labels)).toEqual([table, table + 4 * front + table, table]);
    expect(copies.map(({ memory }, rank) => memory.optimizer - plain[rank].memory.optimizer)).toEqual([
      0,
      plain[0].memory.optimizer,
      0,
    ]);
    expect(copies.map(({ memory }) => memory.data)).toEqual([plain[0].memory.data, 112_800 * 785, 0]);
    const forward = forwardFlops(planned.partitions[0].layers, 128);
    expect(copies.map(({ flopsPerStep }, rank) => flopsPerStep - plain[rank].flopsPerStep)).toEqual([
      0,
      forward,
      0,
    ]);
  });

  it('has 63% of the parameters left of cut 3, 45% left of cut 2', () => {
    const left = (cut: number) => {
      const settings = { ...DEFAULTS, cuts: [cut] };
      return silCosts(plan(settings, balanced), settings, balanced)[0].parameters / whole.parameters;
    };
    expect(left(3)).toBeCloseTo(0.63, 2);
    expect(left(2)).toBeCloseTo(0.45, 2);
  });
});
