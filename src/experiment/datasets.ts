/** What an experiment must know of a data set before a byte of it is loaded: enough to price and to limit it. */

export const DATASET_IDS = [
  'mnist',
  'emnist-balanced',
  'emnist-letters',
  'emnist-digits',
  'emnist-mnist',
  'emnist-byclass',
  'emnist-bymerge',
] as const;
export type DatasetId = (typeof DATASET_IDS)[number];

export const isDatasetId = (id: string): id is DatasetId => (DATASET_IDS as readonly string[]).includes(id);

/** Sizes that shape a network and its price. */
export interface DataShape {
  /** Inputs per image. */
  readonly pixels: number;
  readonly classes: number;
  readonly trainCount: number;
  readonly testCount: number;
}

const emnist = (classes: number, trainCount: number, testCount: number): DataShape => ({
  pixels: 784,
  classes,
  trainCount,
  testCount,
});

interface DatasetFacts {
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  readonly shape: DataShape;
}

/** The official files' sizes (Cohen, Afshar, Tapson, van Schaik 2017, table II; LeCun et al. for MNIST). */
export const DATASETS: { readonly [Id in DatasetId]: DatasetFacts } = {
  mnist: {
    label: 'MNIST',
    description: 'Handwritten digits from census forms and schools: the classic.',
    shape: emnist(10, 60_000, 10_000),
  },
  'emnist-balanced': {
    label: 'EMNIST Balanced',
    description:
      'Digits and letters, as many of each; small letters that look like their capitals share a class.',
    shape: emnist(47, 112_800, 18_800),
  },
  'emnist-letters': {
    label: 'EMNIST Letters',
    description: 'The 26 letters, capital and small together.',
    shape: emnist(26, 124_800, 20_800),
  },
  'emnist-digits': {
    label: 'EMNIST Digits',
    description: 'Digits only, four times as many as MNIST.',
    shape: emnist(10, 240_000, 40_000),
  },
  'emnist-mnist': {
    label: 'EMNIST MNIST',
    description: 'Digits in the numbers of MNIST, prepared the way EMNIST is.',
    shape: emnist(10, 60_000, 10_000),
  },
  'emnist-byclass': {
    label: 'EMNIST ByClass',
    description:
      'Everything: digits, capitals and small letters, each a class, as often as people wrote them.',
    shape: emnist(62, 697_932, 116_323),
  },
  'emnist-bymerge': {
    label: 'EMNIST ByMerge',
    description: 'Everything, with small letters that look like their capitals put into one class.',
    shape: emnist(47, 697_932, 116_323),
  },
};
