import { describe, expect, it } from 'vitest';
import { findOrders, type OrderRules } from './layer-order.ts';

/** Layers `name: inputs → outputs`, in the order that the reference library would write them: by name. */
const layersOf = (shapes: Readonly<Record<string, readonly [number, number]>>) =>
  Object.entries(shapes)
    .map(([name, [inputs, outputs]]) => ({ name, kind: 'dense' as const, inputs, outputs }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const equal = (...names: string[]) => layersOf(Object.fromEntries(names.map((name) => [name, [64, 64]])));

const orders = (layers: ReturnType<typeof layersOf>, rules: OrderRules = { names: true }) =>
  findOrders(layers, rules).map((order) => order.map(({ name }) => name));

describe('the order of layers', () => {
  it.each<[string, string[]]>([
    ['a sequence', ['0', '2', '4', '6', '8', '10']],
    ['a sequence of sequences', ['0.0', '0.2', '0.4', '1.0', '1.2', '1.4']],
    ['modules with a layer each', Array.from({ length: 12 }, (_, i) => `layers.${i}.linear`)],
    ['numbers within words', ['fc1', 'fc2', 'fc9', 'fc10', 'fc11']],
    ['numbers at two levels', ['block1.fc2', 'block1.fc10', 'block2.fc1', 'block10.fc0']],
    ['numbers before words', ['layer1_in', 'layer2_in', 'layer10_in']],
    ['copies of parallel training', ['module.0', 'module.2', 'module.10']],
    ['compiled modules', ['_orig_mod.0', '_orig_mod.2', '_orig_mod.10']],
    ['both', ['module._orig_mod.0.0', 'module._orig_mod.0.2', 'module._orig_mod.1.0']],
    ['some of them compiled', ['0', '2._orig_mod', '4', '10._orig_mod']],
    [
      'longer numbers than computers count',
      ['l9', 'l00000000000000000010', 'l99999999999999999998', 'l99999999999999999999'],
    ],
  ])('is that of the names where they differ in numbers: %s', (_, names) => {
    expect(orders(equal(...names))).toEqual([names]);
  });

  it('is that of the sizes where these leave only one, whatever the names', () => {
    const layers = layersOf({ z: [784, 32], m: [32, 16], a: [16, 10] });
    expect(orders(layers)).toEqual([['z', 'm', 'a']]);
    const numbered = layersOf({ '2': [784, 32], '1': [32, 16], '0': [16, 10] });
    expect(orders(numbered)).toEqual([]);
    expect(orders(numbered, { names: false })).toEqual([['2', '1', '0']]);
  });

  it('passes through a module as a whole', () => {
    const layers = layersOf({
      'encoder.0': [784, 64],
      'encoder.2': [64, 64],
      'decoder.0': [64, 64],
      'decoder.2': [64, 10],
    });
    expect(orders(layers)).toEqual([['encoder.0', 'encoder.2', 'decoder.0', 'decoder.2']]);
    expect(orders(layers, { names: false })).toHaveLength(2);
  });

  it('does not take words for modules: their numbers may alternate', () => {
    const layers = layersOf({ linear1: [784, 64], mix1: [64, 64], linear2: [64, 64], mix2: [64, 10] });
    expect(orders(layers)).toEqual([
      ['linear1', 'linear2', 'mix1', 'mix2'],
      ['linear1', 'mix1', 'linear2', 'mix2'],
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['words', ['fc1', 'fc2', 'classifier'], ['fc1', 'fc2', 'classifier']],
    [
      'modules',
      ['encoder.0', 'encoder.2', 'decoder.0', 'decoder.2'],
      ['encoder.0', 'encoder.2', 'decoder.0', 'decoder.2'],
    ],
    ['no words of place', ['b', 'a'], ['a', 'b']],
    ['one number, written twice', ['fc1', 'fc01'], ['fc01', 'fc1']],
  ])('is open between %s of one size, and the likeliest comes first', (_, names, likeliest) => {
    const found = orders(equal(...names));
    expect(found).toHaveLength(2);
    expect(found[0]).toEqual(likeliest);
  });

  it('is one of a network where that is known, and none where it is another network', () => {
    const back = layersOf({ a: [64, 32], b: [32, 64] });
    expect(orders(back)).toHaveLength(2);
    const shape = (inputs: number, outputs: number) => ({ kind: 'dense' as const, inputs, outputs });
    expect(orders(back, { names: true, shapes: [shape(32, 64), shape(64, 32)] })).toEqual([['b', 'a']]);
    expect(orders(back, { names: true, shapes: [shape(64, 32)] })).toEqual([]);
    const sequence = layersOf({ '0': [8, 4], '2': [4, 2], '4': [2, 4], '6': [4, 4], '8': [4, 1] });
    const other = [shape(8, 4), shape(4, 4), shape(4, 2), shape(2, 4), shape(4, 1)];
    expect(orders(sequence, { names: true, shapes: other })).toEqual([]);
  });

  it('is not sought for ever', () => {
    const names = Array.from({ length: 12 }, (_, i) => String.fromCharCode(97 + i));
    const layers = [...equal(...names), { name: 'misfit', kind: 'dense' as const, inputs: 9, outputs: 9 }];
    expect(orders(layers)).toEqual([]);
  });
});
