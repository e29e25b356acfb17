/** The data sets on offer: the characters of each, the files it is made of, and where those can be fetched. */
import { DATASET_IDS, DATASETS, type DatasetId } from '../experiment/datasets.ts';
import {
  FILE_ROLES,
  type DatasetFacts,
  type FileFacts,
  type FileRole,
} from '../experiment/datasets/facts.ts';

export { FILE_ROLES, type FileRole };

export interface CatalogueFile extends FileFacts {
  readonly role: FileRole;
}

export interface CatalogueEntry extends Pick<DatasetFacts, 'label' | 'firstLabel' | 'transposed'> {
  readonly id: DatasetId;
  /** The character of class 0, of class 1, … */
  readonly characters: readonly string[];
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

function entryOf(id: DatasetId): CatalogueEntry {
  const { label, characters, firstLabel, transposed, from, files: byRole }: DatasetFacts = DATASETS[id];
  const files = FILE_ROLES.map((role) => ({ role, ...byRole[role] }));
  return {
    id,
    label,
    characters: [...characters],
    firstLabel,
    transposed,
    files,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    mirror: 'mirror' in from ? from.mirror : null,
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
