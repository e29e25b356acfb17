import { describe, expect, it } from 'vitest';
import { initialParameters } from '../network/initialise.ts';
import { denseNetwork } from '../network/spec.ts';
import { readSafetensors, writeSafetensors, WeightsError } from './safetensors.ts';

const layers = denseNetwork(5, [4, 3], 2, 'relu');
const parameters = initialParameters(layers, 1);
const file = () => writeSafetensors(layers, parameters, { experiment: 'seed=1' });

/** A file with this header and some zeros. */
function withHeader(header: unknown, numbers = 8): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + 4 * numbers);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

describe('safetensors', () => {
  it('come back as they went', () => {
    const back = readSafetensors(file());
    expect(back.parameters).toEqual(parameters);
    expect(back.shapes).toEqual(layers.map(({ inputs, outputs }) => ({ inputs, outputs })));
    expect(back.metadata).toEqual({ experiment: 'seed=1' });
  });

  it('are laid out as the format and PyTorch have it', () => {
    const bytes = file();
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header['0.weight']).toEqual({ dtype: 'F32', shape: [4, 5], data_offsets: [0, 80] });
    expect(header['2.bias']).toMatchObject({ shape: [3] });
    // Row 1 of PyTorch's weight is what makes output 1: column 1 of ours.
    const weight = new Float32Array(bytes.slice(8 + length).buffer, 0, 20);
    expect([...weight.subarray(5, 10)]).toEqual([1, 5, 9, 13, 17].map((at) => parameters[at]));
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['too short', new Uint8Array(3), /3 bytes/],
    ['a header that is too long', Uint8Array.of(255, 255, 0, 0, 0, 0, 0, 0, 1), /65535 bytes/],
    ['no JSON', withHeader(1), /cannot be read/],
    ['nothing in it', withHeader({}), /no linear layers/],
    [
      'half precision',
      withHeader({ '0.weight': { dtype: 'F16', shape: [1, 1], data_offsets: [0, 2] } }),
      /type F16/,
    ],
    [
      'no bias',
      withHeader({ '0.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] } }),
      /"0.bias" is missing/,
    ],
    [
      'cut short',
      withHeader({ '0.weight': { dtype: 'F32', shape: [9, 9], data_offsets: [0, 324] } }),
      /324 bytes/,
    ],
  ])('refuse a file with %s', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(sentence);
    expect(() => readSafetensors(bytes)).toThrow(WeightsError);
  });

  it('refuse layers that do not fit together, and weights that are no numbers', () => {
    const misfit = [...denseNetwork(5, [], 4, 'relu'), ...denseNetwork(3, [], 2, 'relu')];
    expect(() => readSafetensors(writeSafetensors(misfit, initialParameters(misfit, 1), {}))).toThrow(
      /takes 3 numbers, but the one before it gives 4/,
    );
    const broken = parameters.slice();
    broken[3] = NaN;
    expect(() => readSafetensors(writeSafetensors(layers, broken, {}))).toThrow(/NaN/);
  });
});
