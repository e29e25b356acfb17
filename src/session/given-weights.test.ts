import { describe, expect, it } from 'vitest';
import { plan as planOf, type Plan } from '../experiment/plan.ts';
import { decode } from '../experiment/link.ts';
import { writeMetadata } from '../export/metadata.ts';
import { readSafetensors } from '../export/safetensors/read.ts';
import { savedAs } from '../export/safetensors/testing.ts';
import { layerNames, writeSafetensors } from '../export/safetensors/write.ts';
import { includeStandardisation, pixelStatistics } from '../export/standardisation.ts';
import { WeightsError } from '../export/weights-error.ts';
import { initialParameters } from '../network/initialise.ts';
import { type LayerSpec, unflattenParameters, shapeOf } from '../network/layers/layers.ts';
import { fitsPlan, placeWeights, type Wish } from './given-weights.ts';

const planFor = (link: string) =>
  planOf(decode(link).experiment, { pixels: 784, classes: 10, trainCount: 1000 });

const standardisation = { scale: 1 / 90, shift: -0.8 };

/** Layers under these names, as PyTorch would save them; every layer's numbers are its own. */
function fileOf(names: readonly string[], widths: readonly number[], metadata?: Record<string, string>) {
  const tensors = names.map((name, at) => {
    const [inputs, outputs] = [widths[at], widths[at + 1]];
    return [
      [
        `${name}.weight`,
        { shape: [outputs, inputs], values: new Float32Array(inputs * outputs).fill(at + 1) },
      ],
      [`${name}.bias`, { shape: [outputs], values: new Float32Array(outputs).fill(at + 1) }],
    ] as const;
  });
  return savedAs(Object.fromEntries(tensors.flat()), metadata);
}

const place = (bytes: Uint8Array, plan: Plan, wish: Wish = {}) =>
  placeWeights(
    'mine',
    readSafetensors(bytes),
    { plan, strategies: ['conventional', 'sil'], standardisation },
    wish,
  );

const sequence = (widths: readonly number[]) => widths.slice(1).map((_, at) => String(2 * at));

/** Names of the layers in the order in which they go into the network, told by their numbers. */
function orderOf({ given }: ReturnType<typeof place>, names: readonly string[]) {
  const layers = given.shapes.map((shape): LayerSpec => ({ ...shape, kind: 'dense', activation: 'relu' }));
  return unflattenParameters(layers, given.parameters).map(({ bias }) => names[bias[0] - 1]);
}

describe('given weights', () => {
  const widths = [784, 16, 128, 64, 10];
  const plan = planFor('data=mnist&layers=16,128,64&cuts=1');

  it('go to the whole network, or to the partition of their shapes', () => {
    expect(place(fileOf(sequence(widths), widths), plan).given.firstLayer).toBe(0);
    expect(place(fileOf(sequence([16, 128, 64, 10]), [16, 128, 64, 10]), plan).given.firstLayer).toBe(1);
    const other = fileOf(sequence([16, 128, 10]), [16, 128, 10]);
    expect(() => place(other, plan)).toThrow(/for 16 → 128 → 10, but the network is 784 → 16/);
    expect(() => place(other, plan)).toThrow(WeightsError);
  });

  it('go to the partition that file or person names, where several are alike, or it is said that none does', () => {
    const layers = planFor('data=mnist&layers=32x7&cuts=2,4,6');
    const inner = fileOf(['0', '2'], [32, 32, 32]);
    const guessed = place(inner, layers);
    expect(guessed).toMatchObject({ given: { firstLayer: 2 }, placeSettled: false });
    expect(guessed.remarks).toEqual(['It fits layers 3–4, layers 5–6 alike, and goes to layers 3–4.']);
    expect(place(fileOf(['0', '2'], [32, 32, 32], { firstLayer: '4' }), layers)).toMatchObject({
      given: { firstLayer: 4 },
      placeSettled: true,
      remarks: [],
    });
    expect(place(inner, layers, { firstLayer: 4 })).toMatchObject({
      given: { firstLayer: 4 },
      placeSettled: true,
      remarks: [],
    });
  });

  it('that say they begin where they do not fit go elsewhere with a word, and are not settled', () => {
    const layers = planFor('data=mnist&layers=32x7&cuts=2,4,6');
    const elsewhere = { firstLayer: 2 };
    expect(place(fileOf(['0', '2'], [32, 32, 32], { firstLayer: '3' }), layers)).toMatchObject({
      given: elsewhere,
      placeSettled: false,
      remarks: ['The file says that it begins with layer 4, where it does not fit; it goes to layers 3–4.'],
    });
    const only = planFor('data=mnist&layers=32x5&cuts=2,4');
    const inner = fileOf(['0', '2'], [32, 32, 32], { firstLayer: '4' });
    expect(place(inner, only)).toMatchObject({ given: elsewhere, placeSettled: false });
    expect(place(inner, only, elsewhere)).toMatchObject({ placeSettled: true, remarks: [] });
  });

  it.each<[string, boolean]>([
    ['layers=16,128,64&cuts=1', true],
    // The whole network has no need of the same cuts.
    ['layers=16,128,64&cuts=2', true],
    ['layers=16,128,64&cuts=', true],
    // As many numbers as 16, 128, 64.
    ['layers=16,16,400&cuts=1', false],
    ['layers=16,128,32&cuts=1', false],
  ])('of the whole network have a place in %s: %s', (link, fits) => {
    const { given } = place(fileOf(sequence(widths), widths), plan);
    expect(fitsPlan(given, planFor(`data=mnist&${link}`))).toBe(fits);
  });

  it('of a partition have a place only where that partition still is', () => {
    const { given } = place(fileOf(sequence([16, 128, 64, 10]), [16, 128, 64, 10]), plan);
    expect(fitsPlan(given, plan)).toBe(true);
    expect(fitsPlan(given, planFor('data=mnist&layers=16,128,64&cuts=2'))).toBe(false);
    expect(fitsPlan(given, planFor('data=mnist&layers=16,16,400&cuts=1'))).toBe(false);
  });
});

describe('the layers of given weights', () => {
  const deep = planFor('data=mnist&layers=64x5&cuts=3');
  const deepWidths = [784, 64, 64, 64, 64, 64, 10];

  // `toSorted` in `savedAs` lays all of them out by name, as the reference library does.
  it.each<[string, string[]]>([
    ['a sequence', ['0', '2', '4', '6', '8', '10']],
    ['partitions joined in PyTorch', ['0.0', '0.2', '0.4', '1.0', '1.2', '1.4']],
    ['modules', ['encoder.0', 'encoder.2', 'encoder.4', 'decoder.0', 'decoder.2', 'decoder.4']],
    ['named layers', ['fc1', 'fc2', 'fc3', 'fc4', 'fc5', 'classifier']],
    [
      'copies of parallel training',
      ['module.0', 'module.2', 'module.4', 'module.6', 'module.8', 'module.10'],
    ],
    [
      'a compiled network',
      ['_orig_mod.0', '_orig_mod.2', '_orig_mod.4', '_orig_mod.6', '_orig_mod.8', '_orig_mod.10'],
    ],
  ])('stand as their names say: %s', (_, names) => {
    const placed = place(fileOf(names, deepWidths), deep);
    expect(orderOf(placed, names)).toEqual(names);
    expect(placed.settledBy).toBe('names');
    expect(placed.remarks).toEqual([]);
  });

  it('beyond ten stand by number, not by letter', () => {
    const names = Array.from({ length: 12 }, (_, at) => `layers.${at}.linear`);
    const placed = place(
      fileOf(names, [784, ...Array<number>(11).fill(64), 10]),
      planFor('data=mnist&layers=64x11&cuts=3'),
    );
    expect(orderOf(placed, names)).toEqual(names);
  });

  it('stand as sizes allow where these allow one order only', () => {
    const names = ['z', 'm', 'k', 'a'];
    const plan = planFor('data=mnist&layers=16,128,64&cuts=');
    const placed = place(fileOf(names, [784, 16, 128, 64, 10]), plan);
    expect(orderOf(placed, names)).toEqual(names);
    expect(placed.settledBy).toBe('sizes');
  });

  const words = ['b', 'c', 'a', 'e', 'd', 'out'];

  it('are asked about where neither names nor sizes settle it', () => {
    const file = fileOf(words, deepWidths);
    const placed = place(file, deep);
    expect(placed.settledBy).toBeNull();
    expect(placed.order.map(({ name }) => name)).toEqual(['b', 'a', 'c', 'd', 'e', 'out']);
    expect(placed.remarks).toEqual([
      'Neither names nor sizes settle the order of its layers: b, a, c, d, e, out is no more than likely.',
    ]);
    const told = place(file, deep, { order: words });
    expect(orderOf(told, words)).toEqual(words);
    expect(told).toMatchObject({ settledBy: 'person', remarks: [] });
  });

  it('stand as the file notes it; a note about other names counts for nothing', () => {
    const noted = place(fileOf(words, deepWidths, { layerOrder: JSON.stringify(words) }), deep);
    expect(orderOf(noted, words)).toEqual(words);
    expect(noted.settledBy).toBe('file');
    // Someone renamed the tensors and left the note.
    const names = ['0.0', '0.2', '0.4', '1.0', '1.2', '1.4'];
    const renamed = place(
      fileOf(names, deepWidths, { layerOrder: JSON.stringify(['0', '2', '4', '6', '8', '10']) }),
      deep,
    );
    expect(orderOf(renamed, names)).toEqual(names);
    expect(place(fileOf(words, deepWidths, { layerOrder: '[1, 2' }), deep).settledBy).toBeNull();
  });

  it('are not turned round to fit another network of the same sizes', () => {
    const narrow = [784, 64, 32, 64, 64, 10];
    const other = planFor('data=mnist&layers=64,64,32,64&cuts=');
    expect(() => place(fileOf(sequence(narrow), narrow), other)).toThrow(/784 → 64 → 32 → 64 → 64 → 10, but/);
  });

  it.each<[string, string[], RegExp]>([
    [
      'a name missing',
      ['b', 'c', 'a', 'e', 'd'],
      /The order names b, c, a, e, d; expected each of b, a, c, d, e, out once/,
    ],
    ['a name twice', ['b', 'c', 'a', 'e', 'e', 'out'], /expected each of/],
    [
      'sizes that do not meet',
      ['c', 'b', 'a', 'e', 'd', 'out'],
      /Layer "b" takes 784 numbers, but "c" before it gives 64/,
    ],
  ])('are not put in an order with %s', (_, order, sentence) => {
    expect(() => place(fileOf(words, deepWidths), deep, { order })).toThrow(sentence);
  });

  it('that meet in no order are refused', () => {
    const file = savedAs({
      '0.weight': { shape: [4, 5], values: new Float32Array(20) },
      '0.bias': { shape: [4], values: new Float32Array(4) },
      '2.weight': { shape: [2, 3], values: new Float32Array(6) },
      '2.bias': { shape: [2], values: new Float32Array(2) },
    });
    expect(() => place(file, deep)).toThrow(/Layer "2" takes 3 numbers, but "0" before it gives 4/);
  });
});

describe('what a file says of given weights', () => {
  const link = 'data=mnist&layers=8,6&cuts=1&activation=tanh';
  const plan = planFor(link);
  const parameters = initialParameters(plan.network, 5);
  const about = {
    experiment: `#${link}`,
    strategy: 'conventional',
    firstLayer: 0,
    layers: plan.network,
    pixels: { ...pixelStatistics(standardisation), standardisation: 'before' as const },
    classes: [...'0123456789'],
  };
  const file = (more: Partial<typeof about> | { pixels: object } = {}, values = parameters) =>
    writeSafetensors(
      plan.network,
      values,
      writeMetadata({ ...about, ...more } as typeof about, layerNames(plan.network)),
    );
  const conventional = (
    bytes: Uint8Array,
    into = plan,
    own: typeof standardisation | null = standardisation,
  ) =>
    placeWeights('mine', readSafetensors(bytes), {
      plan: into,
      strategies: ['conventional'],
      standardisation: own,
    });

  it('agrees with a network like that it came from, which gets the very same numbers', () => {
    const placed = conventional(file());
    expect(placed.given.parameters).toEqual(parameters);
    expect(placed).toMatchObject({ settledBy: 'file', remarks: [] });
  });

  it('is held against the activations here', () => {
    const relu = planFor('data=mnist&layers=8,6&cuts=1');
    expect(conventional(file(), relu).remarks).toEqual([
      'After its layers come tanh, tanh, linear; here conventional training has relu, relu, linear.',
    ]);
    const both = placeWeights('mine', readSafetensors(file()), {
      plan,
      strategies: ['conventional', 'sil'],
      standardisation,
    });
    expect(both.remarks).toEqual([
      'After its layers come tanh, tanh, linear; here SIL has linear, tanh, linear.',
    ]);
  });

  it('is of no use to a strategy whose layers are others', () => {
    const both = placeWeights('mine', readSafetensors(file()), {
      plan,
      strategies: ['conventional', 'denoising'],
      standardisation,
    });
    expect(both.remarks).toEqual([
      'Denoising blocks: no part of it begins with these weights, because its layers are others.',
    ]);
  });

  it('is held against the pixels here', () => {
    const other = { pixels: { mean: 0.1, std: 0.5, standardisation: 'before' } };
    expect(conventional(file(other)).remarks).toEqual([
      'They learned from pixels of mean 0.1000 and std 0.5000; those here have 0.2824 and 0.3529.',
    ]);
    expect(conventional(file(other), plan, null).remarks).toEqual([]);
  });

  it('takes included standardisation out again, as far as float32 goes', () => {
    const included = includeStandardisation(parameters, shapeOf(plan.network[0]), standardisation);
    const bytes = file({ pixels: { ...about.pixels, standardisation: 'included' } }, included);
    const placed = conventional(bytes);
    expect(placed.remarks).toEqual([expect.stringContaining('taken out of its weights')]);
    // Each is rounded twice; a bias is a sum over 784 weights of at most 0.2.
    placed.given.parameters.forEach((value, at) => expect(value).toBeCloseTo(parameters[at], 5));
    expect(() => conventional(bytes, plan, null)).toThrow(/Try again then/);
    const odd = { pixels: { ...about.pixels, standardisation: 'perhaps' } };
    expect(() => conventional(file(odd))).toThrow(/"standardisation" is "perhaps"; expected/);
  });
});
