/** The data sets on offer: the characters of each, the files it is made of, and where those can be fetched. */
import { DATASET_IDS, DATASETS, type DatasetId } from '../experiment/datasets.ts';
import { OFFICIAL_FILES } from './official-files.ts';

/** The four files of a data set. Labels first: they are small, so a wrong address shows before a long download. */
export const FILE_ROLES = ['train-labels', 'test-labels', 'train-images', 'test-images'] as const;
export type FileRole = (typeof FILE_ROLES)[number];

export interface CatalogueFile {
  readonly role: FileRole;
  readonly name: string;
  /** Bytes of the official `.gz`; for MNIST, of the `.gz` that the data script makes (approximately). */
  readonly bytes: number;
  /** SHA-256 of the official `.gz`, lowercase hexadecimal; null where no list of official bytes exists. */
  readonly sha256: string | null;
}

export interface CatalogueEntry {
  readonly id: DatasetId;
  readonly label: string;
  /** The character of class 0, of class 1, … */
  readonly characters: readonly string[];
  /** The label that the files use for class 0: EMNIST Letters counts from 1. */
  readonly firstLabel: 0 | 1;
  /** EMNIST stores its images transposed, MNIST upright. */
  readonly transposed: boolean;
  readonly files: readonly CatalogueFile[];
  /** Sum over the four files. */
  readonly bytes: number;
  /** Name of the mirror's repository; null where there is no mirror. */
  readonly mirror: string | null;
}

/** Images are SIDE × SIDE bytes in every data set here. */
export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

export const DEFAULT_MIRROR = 'https://huggingface.co/datasets';

// The mapping files that come with EMNIST (label → ASCII code), written out as the characters in label order.
const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL = 'abcdefghijklmnopqrstuvwxyz';
// Small letters whose shape differs from their capital's; the other fifteen share a class with it.
const UNMERGED = 'abdefghnqrt';

const facts: {
  readonly [Id in DatasetId]: {
    readonly characters: string;
    readonly mirror: string | null;
  };
} = {
  mnist: {
    characters: DIGITS,
    mirror: null,
  },
  'emnist-balanced': {
    characters: DIGITS + CAPITALS + UNMERGED,
    mirror: 'Heliosoph/EMNIST',
  },
  'emnist-letters': {
    characters: CAPITALS,
    mirror: 'Royc30ne/emnist-letters',
  },
  'emnist-digits': {
    characters: DIGITS,
    mirror: 'Royc30ne/emnist-digits',
  },
  'emnist-mnist': {
    characters: DIGITS,
    mirror: 'Royc30ne/emnist-mnist',
  },
  'emnist-byclass': {
    characters: DIGITS + CAPITALS + SMALL,
    mirror: 'Royc30ne/emnist-byclass',
  },
  'emnist-bymerge': {
    characters: DIGITS + CAPITALS + UNMERGED,
    mirror: 'Royc30ne/emnist-bymerge',
  },
};

/** Sizes of MNIST packed by gzip as the data script does; only for progress and lists. */
const MNIST_BYTES: { readonly [Role in FileRole]: number } = {
  'train-labels': 28_246,
  'test-labels': 4_213,
  'train-images': 9_801_223,
  'test-images': 1_629_563,
};

function fileOf(id: DatasetId, role: FileRole): CatalogueFile {
  const [part, kind] = role.split('-') as ['train' | 'test', 'images' | 'labels'];
  const ending = `${kind}-${kind === 'images' ? 'idx3' : 'idx1'}-ubyte.gz`;
  if (id === 'mnist') {
    const name = `${part === 'test' ? 't10k' : 'train'}-${ending}`;
    return { role, name, bytes: MNIST_BYTES[role], sha256: null };
  }
  const name = `${id}-${part}-${ending}`;
  return { role, name, ...OFFICIAL_FILES[name] };
}

function entryOf(id: DatasetId): CatalogueEntry {
  const files = FILE_ROLES.map((role) => fileOf(id, role));
  return {
    id,
    label: DATASETS[id].label,
    characters: [...facts[id].characters],
    firstLabel: id === 'emnist-letters' ? 1 : 0,
    transposed: id !== 'mnist',
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    mirror: facts[id].mirror,
  };
}

export const CATALOGUE = Object.fromEntries(DATASET_IDS.map((id) => [id, entryOf(id)])) as {
  readonly [Id in DatasetId]: CatalogueEntry;
};

/** The address of one file at the mirror, or null where the data set has none. `base` ends before the repository. */
export function mirrorUrl(id: DatasetId, file: string, base: string = DEFAULT_MIRROR): string | null {
  const { mirror } = CATALOGUE[id];
  return mirror && `${base.replace(/\/+$/, '')}/${mirror}/resolve/main/${file}`;
}

/** Bytes of a file of `count` images or labels once unpacked, header included. */
export const rawBytes = (role: FileRole, count: number): number =>
  role.endsWith('images') ? 16 + count * PIXELS : 8 + count;

/** Images (or labels) that the official file of this role holds. */
export const officialCount = (id: DatasetId, role: FileRole): number =>
  role.startsWith('train') ? DATASETS[id].shape.trainCount : DATASETS[id].shape.testCount;
