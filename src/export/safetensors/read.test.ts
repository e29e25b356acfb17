import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { denseNetwork } from '../../network/spec.ts';
import { WeightsError } from '../weights-error.ts';
import { readSafetensors } from './read.ts';
import { bytesOf, fileOf, savedAs, type Entry } from './testing.ts';
import { writeSafetensors } from './write.ts';

const layers = denseNetwork(5, [4, 3], 2, 'relu');
const parameters = initialParameters(layers, 1);
const file = () => writeSafetensors(layers, parameters, { experiment: 'seed=1' });

/** A layer of two inputs and one output: its weights, then its bias. */
const lone = (dtype: string, size: number, numbers: ArrayBufferView) => {
  const header: Record<string, Entry> = {
    '0.weight': { dtype, shape: [1, 2], data_offsets: [0, 2 * size] },
    '0.bias': { dtype, shape: [1], data_offsets: [2 * size, 3 * size] },
  };
  return fileOf(header, bytesOf(numbers));
};

const tensor = (...shape: number[]) => ({
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});

describe('safetensors', () => {
  it('come back as they went', () => {
    const back = readSafetensors(file());
    const [first, second, third] = back.layers;
    expect(back.layers).toMatchObject([
      { name: '0', inputs: 5, outputs: 4 },
      { name: '2', inputs: 4, outputs: 3 },
      { name: '4', inputs: 3, outputs: 2 },
    ]);
    expect([...first.parameters, ...second.parameters, ...third.parameters]).toEqual([...parameters]);
    expect(back.metadata).toEqual({ experiment: 'seed=1' });
    expect(back.remarks).toEqual([]);
  });

  it('name what follows a normalisation as PyTorch does, and know it again by its shape', () => {
    const normalised = denseNetwork(5, [4, 'ln', 3], 2, 'relu');
    const numbers = initialParameters(normalised, 1).map((value, at) => value + at);
    const back = readSafetensors(writeSafetensors(normalised, numbers, {}));
    expect(back.layers).toMatchObject([
      { name: '0', kind: 'dense', inputs: 5, outputs: 4 },
      { name: '2', kind: 'layer-norm', inputs: 4, outputs: 4 },
      { name: '3', kind: 'dense', inputs: 4, outputs: 3 },
      { name: '5', kind: 'dense', inputs: 3, outputs: 2 },
    ]);
    expect(back.layers.flatMap((layer) => [...layer.parameters])).toEqual([...numbers]);
  });

  it('are laid out as the format and PyTorch have it', () => {
    const bytes = writeSafetensors(layers, parameters, { classes: '["ä","あ"]' });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.__metadata__).toEqual({ classes: '["ä","あ"]' });
    expect(header['0.weight']).toEqual({ dtype: 'F32', shape: [4, 5], data_offsets: [0, 80] });
    expect(header['2.bias']).toMatchObject({ shape: [3] });
    // Row 1 of PyTorch's weight is what makes output 1: column 1 of ours.
    const weight = new Float32Array(bytes.slice(8 + length).buffer, 0, 20);
    expect([...weight.subarray(5, 10)]).toEqual([1, 5, 9, 13, 17].map((at) => parameters[at]));
  });

  it('may lie anywhere in their buffer, and be a layer without a name', () => {
    const bytes = savedAs({ weight: { shape: [1, 2], values: [7, 8] }, bias: { shape: [1], values: [9] } });
    const within = new Uint8Array(bytes.length + 3);
    within.set(bytes, 3);
    for (const one of [within.subarray(3), Buffer.from(within.buffer, 3)]) {
      const [{ name, parameters: found }] = readSafetensors(one).layers;
      expect(name).toBe('');
      expect([...found]).toEqual([7, 8, 9]);
    }
  });

  it.each<[string, ArrayBufferView, number, number[], RegExp]>([
    // 1, the smallest above zero, −65504 (the largest); 1, 2⁻¹³³, and −3.3895314e38 (the largest).
    [
      'F16',
      Uint16Array.of(0x3c00, 0x0001, 0xfbff),
      2,
      [1, 2 ** -24, -65504],
      /type F16 became float32 exactly/,
    ],
    ['F16', Uint16Array.of(0x3555, 0x8000, 0x0400), 2, [0.333251953125, -0, 2 ** -14], /F16/],
    [
      'BF16',
      Uint16Array.of(0x3f80, 0x0001, 0xff7f),
      2,
      [1, 2 ** -133, -(2 - 2 ** -7) * 2 ** 127],
      /type BF16 became float32 exactly/,
    ],
    [
      'F64',
      Float64Array.of(0.1, -2, 1e-300),
      8,
      [Math.fround(0.1), -2, 0],
      /type F64 were rounded to float32/,
    ],
  ])('of type %s are read, and that is said', (dtype, numbers, size, expected, remark) => {
    const { layers: found, remarks } = readSafetensors(lone(dtype, size, numbers));
    expect([...found[0].parameters]).toEqual(expected);
    expect(remarks).toEqual([expect.stringMatching(remark)]);
  });

  it.each<[string, ArrayBufferView, number]>([
    ['F16', Uint16Array.of(0x3c00, 0x7c00, 0), 2],
    ['F16', Uint16Array.of(0x3c00, 0x7e00, 0), 2],
    ['BF16', Uint16Array.of(0x3f80, 0x7f80, 0), 2],
    ['F32', Float32Array.of(1, NaN, 0), 4],
    // Beyond the largest float32.
    ['F64', Float64Array.of(1, 1e39, 0), 8],
  ])('of type %s are refused where they are no numbers', (dtype, numbers, size) => {
    expect(() => readSafetensors(lone(dtype, size, numbers))).toThrow(
      dtype === 'F64' ? /, or larger than float32 has/ : /^"0.weight" has numbers that are none/,
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing in it', fileOf({}), /no linear layers/],
    [
      'another type',
      lone('I32', 4, Int32Array.of(1, 2, 3)),
      /"0.weight" has numbers of type "I32"; expected/,
    ],
    ['no bias', savedAs({ '0.weight': tensor(1, 2) }), /There is "0.weight", but "0.bias" is missing/],
    [
      'no weight',
      savedAs({ '0.weight': tensor(1, 2), '0.bias': tensor(1), '2.bias': tensor(1) }),
      /"2.weight" is missing/,
    ],
    [
      'a name mistyped',
      savedAs({ '0.wieght': tensor(1, 2), '0.bias': tensor(1) }),
      /"0.wieght" is no part of a linear layer/,
    ],
    [
      'something to count batches',
      savedAs({ '0.weight': tensor(1, 2), '0.bias': tensor(1), '1.running_mean': tensor(1) }),
      /"1.running_mean" is no part/,
    ],
    [
      'a norm whose halves differ',
      savedAs({ '0.weight': tensor(2), '0.bias': tensor(3) }),
      /"0.bias" has 3 numbers, but the layer has 2 outputs/,
    ],
    [
      'a convolution',
      savedAs({ '0.weight': tensor(2, 1, 3, 3), '0.bias': tensor(2) }),
      /\[2,1,3,3\]; expected 1 or 2 sizes/,
    ],
    [
      'an empty layer',
      savedAs({ '0.weight': tensor(0, 5), '0.bias': tensor(0) }),
      /"0.bias" has the shape \[0\]; expected 1 size from 1 on/,
    ],
    [
      'biases too many',
      savedAs({ '0.weight': tensor(1, 2), '0.bias': tensor(3) }),
      /"0.bias" has 3 numbers, but the layer has 1/,
    ],
    [
      'layers too many',
      savedAs(
        Object.fromEntries(
          Array.from({ length: 14 }, (_, i) => [
            [`${i}.weight`, tensor(1, 1)],
            [`${i}.bias`, tensor(1)],
          ]).flat(),
        ),
      ),
      /28 tensors, and a network here at most 26: 13 layers/,
    ],
  ])('are refused with %s', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(sentence);
    expect(() => readSafetensors(bytes)).toThrow(WeightsError);
  });
});
