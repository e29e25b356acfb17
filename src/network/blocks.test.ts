import { describe, expect, it } from 'vitest';
import {
  answeringLayers,
  blockInput,
  blockNoises,
  denoisingBlocks,
  noisedClasses,
  probabilities,
} from './blocks.ts';
import { streamKey } from './random.ts';

const dense = (inputs: number, outputs: number, activation: string) => ({
  kind: 'dense',
  inputs,
  outputs,
  activation,
});

describe('a block for each partition', () => {
  const blocks = (hidden: (number | 'ln')[], cuts: number[]) =>
    denoisingBlocks({ pixels: 9, classes: 4 }, hidden, 'relu', cuts);

  it('reads pixels and classes, has the hidden layers of its partition, and answers with classes', () => {
    const [first, second] = blocks([8, 7, 6], [2]);
    expect(first).toEqual({
      rank: 0,
      firstLayer: 0,
      layers: [dense(13, 8, 'relu'), dense(8, 7, 'relu'), dense(7, 4, 'linear')],
    });
    expect(second).toEqual({ rank: 1, firstLayer: 3, layers: [dense(13, 6, 'relu'), dense(6, 4, 'linear')] });
    expect(answeringLayers([first, second])).toEqual([2, 4]);
  });

  it('is one without cuts, and a single layer behind a cut after the last hidden one', () => {
    expect(blocks([8], [])).toHaveLength(1);
    const [, last] = blocks([8, 7], [2]);
    expect(last.layers).toEqual([dense(13, 4, 'linear')]);
  });

  it('normalises what a partition normalises, also at its beginning', () => {
    const [first, second] = blocks([8, 'ln', 'ln', 7], [2]);
    expect(first.layers[1]).toEqual({ kind: 'layer-norm', width: 8 });
    expect(second.layers).toEqual([
      { kind: 'layer-norm', width: 13 },
      dense(13, 7, 'relu'),
      dense(7, 4, 'linear'),
    ]);
  });
});

it('has less noise from block to block, by the same factor', () => {
  expect(blockNoises(1)).toEqual([30]);
  expect(blockNoises(2)).toEqual([30, 3]);
  const [first, second, third] = blockNoises(3);
  expect([first, third]).toEqual([30, 3]);
  expect(second).toBeCloseTo(Math.sqrt(90), 10);
});

it('lays z beside the pixels, so scaled that noised classes are of the size of the noise alone', () => {
  const images = Uint8Array.of(0, 10, 20, 30);
  const read = { images, pixels: 2, scale: 0.5, shift: -1 };
  const z = Float32Array.of(1, 0, -5, 5);
  // √(1 + 3²)
  const factor = Math.sqrt(10);
  expect([...blockInput(read, [1, 0], z, 3)]).toEqual(
    [9, 14, 1 / factor, 0, -1, 4, -5 / factor, 5 / factor].map(Math.fround),
  );
  const key = streamKey(1, 'test');
  for (const noise of [3, 30]) {
    const targets = Uint8Array.from({ length: 2000 }, (_, n) => n % 4);
    const noised = blockInput(
      { ...read, pixels: 0 },
      targets,
      noisedClasses(targets, 4, { noise, key, first: 0 }),
      noise,
    );
    const rms = Math.hypot(...noised) / Math.sqrt(noised.length);
    // 8,000 numbers: a standard error of 1 in 126.
    expect(Math.abs(rms - 1)).toBeLessThan(0.05);
  }
});

it('draws the noise of a sample wherever its batch begins', () => {
  const about = { noise: 3, key: streamKey(1, 'test') };
  const all = noisedClasses([0, 1, 2, 1], 3, { ...about, first: 20 });
  expect(noisedClasses([2, 1], 3, { ...about, first: 22 })).toEqual(all.slice(6));
  expect(noisedClasses([2], 3, { noise: 0, key: about.key, first: 0 })).toEqual(Float32Array.of(0, 0, 1));
});

it('answers with probabilities, however large the logits are', () => {
  const found = probabilities(Float32Array.of(1000, 1000, -1000, 0, Math.log(3), -Infinity), 3);
  [0.5, 0.5, 0, 0.25, 0.75, 0].forEach((share, at) => expect(found[at]).toBeCloseTo(share, 6));
});
