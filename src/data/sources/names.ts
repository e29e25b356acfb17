/** What the name of a file says, where it speaks. */
import { DATASET_IDS, DATASETS, type DatasetId } from '../../experiment/datasets.ts';

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

const FAMILIES = [...new Set(DATASET_IDS.map((id) => DATASETS[id].named.family))].filter(
  (one) => one !== null,
);

/** The family of sets that a name speaks of, or null. */
const familyIn = (words: readonly string[]): string | null =>
  FAMILIES.find((family) => words.includes(family)) ?? null;

/** Whether a set is of the family that one of these names has somewhere in it, or of none where none has. */
export function ofTheirFamily(names: readonly string[]): (id: DatasetId) => boolean {
  const family = FAMILIES.find((one) => names.some((name) => name.toLowerCase().includes(one))) ?? null;
  return (id) => DATASETS[id].named.family === family;
}

/** The set that all these names speak of, or null. */
export function setIn(names: readonly string[]): DatasetId | null {
  const found = names.map((name): DatasetId | null => {
    const words = wordsOf(name);
    const family = familyIn(words);
    const spoken = words.flatMap((word) => DATASET_IDS.filter((id) => DATASETS[id].named.word === word));
    return (
      spoken.find((id) => DATASETS[id].named.alone) ??
      spoken.find((id) => DATASETS[id].named.family === family) ??
      null
    );
  });
  return found.every((id) => id === found[0]) ? found[0] : null;
}

/** Files of a folder that may hold data, under whatever name: what they are is looked at inside. */
export const mayHoldData = (name: string): boolean =>
  !name.startsWith('.') && /(ubyte|idx\d?|images?|labels?)$|\.(gz|zip|idx|bin)$/i.test(name);
