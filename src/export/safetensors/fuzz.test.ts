import { expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { Random } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import { WeightsError } from '../weights-error.ts';
import { readSafetensors, type ReadWeights } from './read.ts';
import { writeSafetensors } from './write.ts';

const COUNT = 20_000;

const layers = denseNetwork(6, [4, 4], 4, 'relu');
const original = writeSafetensors(layers, initialParameters(layers, 3), {
  experiment: '#seed=3',
  firstLayer: '0',
});
const bodyAt = 8 + Number(new DataView(original.buffer).getBigUint64(0, true));

/** What a file gives to training: layers by name. */
const dataOf = ({ layers: read }: ReadWeights) =>
  Object.fromEntries(
    read.map(({ name, inputs, outputs, parameters }) => [name, { inputs, outputs, parameters }]),
  );

const splice = (bytes: Uint8Array, at: number, remove: number, insert: Uint8Array | readonly number[]) =>
  Uint8Array.of(...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + remove));

/** One accident: where its first byte is, and what it leaves. Mostly in what is read as text. */
function mutate(random: Random): { at: number; bytes: Uint8Array } {
  const below = (limit: number) => Math.floor(random.uniform() * limit);
  const at = below(random.uniform() < 0.8 ? bodyAt : original.length);
  const other = below(bodyAt);
  const length = 1 + below(24);
  const accidents: (() => Uint8Array)[] = [
    () => splice(original, at, 1, [original[at] ^ (1 << below(8))]),
    () => splice(original, at, 1, [below(256)]),
    // Digits and punctuation of the header for one another.
    () => splice(original, at, 1, [original[other]]),
    () => splice(original, at, length, []),
    () => splice(original, at, 0, original.subarray(other, other + length)),
    () => splice(original, at, length, original.subarray(other, other + length)),
    () => original.slice(0, at),
    () => splice(original, original.length, 0, new Uint8Array(length)),
    // An edit in the header that keeps its announced length right.
    () => {
      const edited = splice(
        original,
        Math.max(8, Math.min(at, bodyAt - length)),
        length,
        original.subarray(other, other + length),
      );
      const grown = edited.length - original.length;
      new DataView(edited.buffer).setBigUint64(0, BigInt(bodyAt - 8 + grown), true);
      return edited;
    },
  ];
  return { at, bytes: accidents[below(accidents.length)]() };
}

it(`${COUNT} accidents with a file are refused in a sentence, leave its data as they are, or are among its numbers`, () => {
  const random = Random.for(28, 'accidents');
  const expected = dataOf(readSafetensors(original));
  const seen = { refused: 0, same: 0, numbers: 0 };
  for (let n = 0; n < COUNT; n++) {
    const { at, bytes } = mutate(random);
    let read: ReadWeights;
    try {
      read = readSafetensors(bytes);
    } catch (error) {
      if (!(error instanceof WeightsError)) throw error;
      seen.refused++;
      continue;
    }
    const numbers = at >= bodyAt && bytes.length === original.length;
    if (!numbers) expect(dataOf(read)).toEqual(expected);
    seen[numbers ? 'numbers' : 'same']++;
  }
  // All three happen, or the test tests less than it says.
  expect(seen.refused).toBeGreaterThan(COUNT / 2);
  expect(seen.same).toBeGreaterThan(100);
  expect(seen.numbers).toBeGreaterThan(100);
});
