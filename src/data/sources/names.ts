/** What the name of a file says, where it speaks. */
import type { DatasetId } from '../../experiment/datasets.ts';

const TRAINING = ['train', 'training', 'trn', 'learn'];
const TESTING = ['test', 'testing', 'tst', 't10k', 'val', 'valid', 'validation', 'eval'];

/** "myTrain-images.gz" → my, train, images, gz. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

/** The split that a name speaks of, or null where it says neither or both. */
export function splitIn(name: string): 'train' | 'test' | null {
  const words = wordsOf(name);
  const [train, test] = [TRAINING, TESTING].map((list) => words.some((word) => list.includes(word)));
  return train === test ? null : train ? 'train' : 'test';
}

/** What is left of a name without its split's and its kind's words: equal for files that belong together. */
export const stemOf = (name: string): string =>
  wordsOf(name)
    .filter((word) => !/^(images?|img|x|labels?|lbl|y|idx\d?|ubyte|gz|bin)$/.test(word))
    .join(' ');

const OWN_WORDS: Readonly<Record<string, DatasetId>> = {
  byclass: 'emnist-byclass',
  bymerge: 'emnist-bymerge',
};
/** Common words, which name a set only beside "emnist". */
const BESIDE_EMNIST: Readonly<Record<string, DatasetId>> = {
  balanced: 'emnist-balanced',
  letters: 'emnist-letters',
  digits: 'emnist-digits',
  mnist: 'emnist-mnist',
};

/** The set that all these names speak of, or null. */
export function setIn(names: readonly string[]): DatasetId | null {
  const found = names.map((name): DatasetId | null => {
    const words = wordsOf(name);
    const own = words.find((word) => Object.hasOwn(OWN_WORDS, word));
    if (own) return OWN_WORDS[own];
    if (!words.includes('emnist')) return words.includes('mnist') ? 'mnist' : null;
    const beside = words.find((word) => Object.hasOwn(BESIDE_EMNIST, word));
    return beside ? BESIDE_EMNIST[beside] : null;
  });
  return found.every((id) => id === found[0]) ? found[0] : null;
}

/** Files of a folder that may hold data, under whatever name: what they are is looked at inside. */
export const mayHoldData = (name: string): boolean =>
  !name.startsWith('.') && /(ubyte|idx\d?)$|\.(gz|zip|idx|bin)$/i.test(name);
