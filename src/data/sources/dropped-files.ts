/**
 * Files that a person has: NIST's `gzip.zip`, the files of one split under their official names (packed or not), or
 * valid IDX files under any name, told apart by what is in them.
 */
import { DATASET_IDS, DATASETS, type DatasetId } from '../../experiment/datasets.ts';
import { completeSet, digested, type FileBytes, type FilesOfSet } from '../build.ts';
import { CATALOGUE, FILE_ROLES, type FileRole } from '../catalogue.ts';
import { DataError } from '../errors.ts';
import { unpack } from '../gzip.ts';
import { readHeader } from '../idx.ts';
import { readZip, type BlobLike } from '../zip.ts';

/** The part of `File` that is used. */
export interface NamedBlob extends BlobLike {
  readonly name: string;
}

interface Candidate {
  readonly name: string;
  readonly read: (signal?: AbortSignal) => Promise<Uint8Array>;
}

export interface DroppedSet {
  readonly id: DatasetId;
  readonly files: FilesOfSet;
}

export interface DroppedOptions {
  /** The set to take when the files hold several (NIST's archive holds six). */
  readonly prefer?: DatasetId | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Balanced first: the set that this page starts with. */
const ORDER: readonly DatasetId[] = [
  'emnist-balanced',
  ...DATASET_IDS.filter((id) => id !== 'emnist-balanced'),
];

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The role and set that a name stands for. "(1)" and the like, which browsers add to downloads, do not count. */
function officialPlace(name: string): { id: DatasetId; role: FileRole } | null {
  const plain = name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/ ?\(\d+\)$/, '');
  for (const id of DATASET_IDS) {
    const file = CATALOGUE[id].files.find((official) => official.name === `${plain}.gz`);
    if (file) return { id, role: file.role };
  }
  return null;
}

/** All the single files there are, those inside archives included. Nothing but lists of contents is read. */
async function candidatesOf(files: readonly NamedBlob[]): Promise<Candidate[]> {
  const lists = files.map(async (file): Promise<Candidate[]> => {
    if (!file.name.toLowerCase().endsWith('.zip')) {
      const read = async () => new Uint8Array(await file.slice(0, file.size).arrayBuffer());
      return [{ name: file.name, read }];
    }
    const entries = await readZip(file, file.name);
    return entries
      .filter(({ path }) => /ubyte(\.gz)?$/.test(path) && !path.startsWith('__MACOSX/'))
      .map(({ path, read }) => ({ name: baseName(path), read }));
  });
  return (await Promise.all(lists)).flat();
}

/** Sets that are complete by their files' official names, in the order of preference. */
function officialSets(
  candidates: readonly Candidate[],
): Map<DatasetId, Partial<Record<FileRole, Candidate>>> {
  const sets = new Map<DatasetId, Partial<Record<FileRole, Candidate>>>();
  for (const candidate of candidates) {
    const place = officialPlace(candidate.name);
    if (!place) continue;
    const set = sets.get(place.id) ?? {};
    set[place.role] ??= candidate;
    sets.set(place.id, set);
  }
  return sets;
}

/** The four files of one set, and which set that is. Refuses (`DataError`) anything else, saying what is missing. */
export async function readDropped(
  files: readonly NamedBlob[],
  { prefer, signal }: DroppedOptions = {},
): Promise<DroppedSet> {
  const candidates = await candidatesOf(files);
  const sets = officialSets(candidates);
  const order = prefer ? [prefer] : ORDER;
  const isComplete = (id: DatasetId) => FILE_ROLES.every((role) => sets.get(id)?.[role]);
  const id = order.find(isComplete) ?? order.find((wanted) => sets.has(wanted));
  if (id) {
    const found: Partial<Record<FileRole, FileBytes>> = {};
    const members = sets.get(id) ?? {};
    const whole = completeNames(id, members);
    for (const role of FILE_ROLES) {
      signal?.throwIfAborted();
      found[role] = await digested(whole[role].name, await whole[role].read(signal));
    }
    return { id, files: completeSet(id, found, 'dropped') };
  }
  if (candidates.length !== FILE_ROLES.length || prefer) throw nothingFound(files, candidates, prefer);
  return byContent(candidates, signal);
}

function completeNames(
  id: DatasetId,
  members: Partial<Record<FileRole, Candidate>>,
): { readonly [Role in FileRole]: Candidate } {
  // Before anything is read: a missing file should not cost the reading of 173 MB.
  const named = Object.fromEntries(
    Object.entries(members).map(([role, { name }]) => [
      role,
      { name, bytes: new Uint8Array(), sha256: null },
    ]),
  );
  completeSet(id, named, 'dropped');
  return members as Record<FileRole, Candidate>;
}

function nothingFound(
  files: readonly NamedBlob[],
  candidates: readonly Candidate[],
  prefer: DatasetId | undefined,
): DataError {
  const found = candidates.length === 0 ? files : candidates.slice(0, 6);
  return new DataError(
    'other-files',
    prefer ? CATALOGUE[prefer].label : null,
    found.map(({ name }) => name),
    CATALOGUE[prefer ?? 'emnist-balanced'].files.map(({ name }) => name),
  );
}

/** Four files under names of their own: images and labels by magic number, training by being more. */
async function byContent(candidates: readonly Candidate[], signal?: AbortSignal): Promise<DroppedSet> {
  const read = await Promise.all(
    candidates.map(async ({ name, read: readBytes }) => {
      const bytes = await readBytes(signal);
      const unpacked = await unpack(bytes, { file: name, signal });
      return { file: await digested(name, bytes), header: readHeader(unpacked, name), unpacked };
    }),
  );
  const pair = (kind: 'images' | 'labels') => {
    const ofKind = read.filter(({ header }) => header.kind === kind);
    if (ofKind.length !== 2) throw new DataError('wrong-pairs', ofKind.length, kind);
    const [train, test] = ofKind.sort((a, b) => b.header.count - a.header.count);
    return { train, test };
  };
  const images = pair('images');
  const labels = pair('labels');
  let [lowest, highest] = [255, 0];
  for (const label of labels.train.unpacked.subarray(8)) {
    if (label < lowest) lowest = label;
    if (label > highest) highest = label;
  }
  const id = guessSet(
    read
      .map(({ file }) => file.name)
      .join(' ')
      .toLowerCase(),
    labels.train.header.count,
    labels.test.header.count,
    lowest,
    highest,
  );
  return {
    id,
    files: {
      'train-images': images.train.file,
      'train-labels': labels.train.file,
      'test-images': images.test.file,
      'test-labels': labels.test.file,
    },
  };
}

/**
 * Which set these files are: by a word in their names, else by their counts, else by their labels. MNIST and EMNIST
 * MNIST have the same counts and labels and differ in orientation; without the word "emnist" they are MNIST.
 */
function guessSet(names: string, train: number, test: number, lowest: number, highest: number): DatasetId {
  const isEmnist = names.includes('emnist');
  const named = DATASET_IDS.find(
    (id) => id !== 'mnist' && names.includes(id.slice('emnist-'.length)) && id !== 'emnist-mnist',
  );
  if (named) return named;
  const shape = (id: DatasetId) => DATASETS[id].shape;
  const counted = DATASET_IDS.filter((id) => shape(id).trainCount === train && shape(id).testCount === test)
    .filter((id) => shape(id).classes > highest - CATALOGUE[id].firstLabel)
    // ByClass and ByMerge have the same counts: the fewest classes that hold the labels.
    .sort((a, b) => shape(a).classes - shape(b).classes);
  const match = counted.find((id) => (id !== 'mnist') === isEmnist) ?? counted[0];
  if (match) return match;
  if (highest < 10) return isEmnist ? 'emnist-digits' : 'mnist';
  if (lowest >= 1 && highest <= 26) return 'emnist-letters';
  if (highest < 47) return 'emnist-balanced';
  if (highest < 62) return 'emnist-byclass';
  throw new DataError('labels-too-high', highest);
}
