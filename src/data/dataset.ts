/** A data set in memory, as the session and the devices use it. */
import type { Understood } from './answers.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import type { Said } from '../messages/worded.ts';

export interface SplitData {
  /** Upright bytes, white on black: [count, pixels]. */
  readonly images: Uint8Array;
  /** Classes from 0: [count]. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** Whether the files are byte for byte those that NIST distributes. A difference is a remark, not a fault. */
export type Verified = 'official' | 'differs' | 'unknown';

export interface Provenance {
  readonly source: 'beside-app' | 'cache' | 'mirror' | 'files';
  readonly verified: Verified;
  /** Bytes of the four files as they lie there; as they came, where nothing is known of them. */
  readonly bytes: number;
}

export interface Dataset {
  readonly id: DatasetId;
  /** Says "sample" when it is one, e.g. "EMNIST Balanced (sample: 19,782 train, 2,000 test)". */
  readonly name: string;
  readonly classes: number;
  /** The character that each class shows. */
  readonly characters: readonly string[];
  readonly pixels: number;
  /** Images are side × side. */
  readonly side: number;
  readonly train: SplitData;
  readonly test: SplitData;
  /** byte · scale + shift has mean 0 and std 1 over the training images. */
  readonly scale: number;
  readonly shift: number;
  /** Fewer images than the official set: accuracies are not comparable with published ones. */
  readonly sample: boolean;
  /** SHA-256 over shapes, images and labels (`datasetDigest`): equal exactly where the same is learned from. */
  readonly digest: string;
  readonly provenance: Provenance;
  /** What is worth knowing of files that were taken all the same: sentences of `dataRemarks`. */
  readonly remarks: readonly Said[];
  /** Of dropped files under names of their own. */
  readonly understood?: Understood | undefined;
}

export interface SampleImages {
  readonly label: number;
  readonly character: string;
  /** Views of the training images: [pixels] bytes each. Fewer than asked for where a class has fewer. */
  readonly images: readonly Uint8Array[];
}

/** The first `perClass` training images of every class, in class order. */
export function sampleImages(dataset: Dataset, perClass: number): SampleImages[] {
  const { train, pixels, classes, characters } = dataset;
  const found: Uint8Array[][] = Array.from({ length: classes }, () => []);
  let missing = classes * perClass;
  for (let n = 0; n < train.count && missing > 0; n++) {
    const images = found[train.labels[n]];
    if (images.length >= perClass) continue;
    images.push(train.images.subarray(n * pixels, (n + 1) * pixels));
    missing--;
  }
  return found.map((images, label) => ({ label, character: characters[label], images }));
}
