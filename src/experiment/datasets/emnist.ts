/** What the sets of EMNIST have in common (Cohen, Afshar, Tapson, van Schaik 2017; sizes in table II). */
import type { DatasetFacts, FileFacts, FileRole } from './facts.ts';

// The mapping files that come with EMNIST (label → ASCII code), written out as the characters in label order.
export const DIGITS = '0123456789';
export const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const SMALL = 'abcdefghijklmnopqrstuvwxyz';
/** Small letters whose shape differs from their capital's; the other fifteen share a class with it. */
export const UNMERGED = 'abdefghnqrt';

interface EmnistSet extends Pick<DatasetFacts, 'label' | 'description' | 'characters' | 'firstLabel'> {
  /** What its files' names call it, behind "emnist-". */
  readonly word: string;
  readonly alone: boolean;
  readonly trainCount: number;
  readonly testCount: number;
  readonly mirror: string;
  /** Bytes and SHA-256 of NIST's own files, as they lie in `gzip.zip` of the distribution. */
  readonly files: { readonly [Role in FileRole]: readonly [bytes: number, sha256: string] };
}

export function emnist({
  word,
  alone,
  trainCount,
  testCount,
  mirror,
  files,
  ...rest
}: EmnistSet): DatasetFacts {
  const file = (role: FileRole): FileFacts => {
    const [bytes, sha256] = files[role];
    return { name: `emnist-${word}-${idxName(role)}`, bytes, sha256 };
  };
  return {
    ...rest,
    shape: { pixels: 784, classes: rest.characters.length, trainCount, testCount },
    transposed: true,
    centred: 'box',
    files: {
      'train-labels': file('train-labels'),
      'test-labels': file('test-labels'),
      'train-images': file('train-images'),
      'test-images': file('test-images'),
    },
    from: { mirror },
    named: { word, family: 'emnist', alone },
  };
}

/** "test-images" → "test-images-idx3-ubyte.gz". */
const idxName = (role: FileRole): string => `${role}-${role.endsWith('images') ? 'idx3' : 'idx1'}-ubyte.gz`;
