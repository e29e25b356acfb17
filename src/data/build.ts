/** From four files, packed or not, to a data set: unpack, decode, check, standardise. */
import { DATASETS, type DatasetId } from '../experiment/datasets.ts';
import type { Guess } from './answers.ts';
import { CATALOGUE, FILE_ROLES, PIXELS, SIDE, type CatalogueEntry, type FileRole } from './catalogue.ts';
import type { Dataset, Provenance, SplitData, Verified } from './dataset.ts';
import { datasetDigest, sha256 } from './digest.ts';
import type { Said } from '../messages/worded.ts';
import { DataError, remark } from './errors.ts';
import { unpack, unpackedBytes } from './gzip.ts';
import { checkClasses, checkCounts, decodeImages, decodeLabels } from './idx.ts';
import { howTheyLie, remarkOnTest } from './lie.ts';
import { manifestBytes, type Manifest } from './manifest.ts';
import { UPRIGHT, type Orientation } from './orientation.ts';
import { sharedImages } from './overlap.ts';
import { standardise } from './standardise.ts';
import { number, type dataFaults } from './words.ts';

export interface FileBytes {
  /** Named in refusals. */
  readonly name: string;
  /** gzip or IDX. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`; null where it is not known. */
  readonly sha256: string | null;
}

export type FilesOfSet = { readonly [Role in FileRole]: FileBytes };

export interface BuildOptions {
  readonly source: Provenance['source'];
  /** What was worth knowing before the files were read. */
  readonly remarks?: readonly Said[] | undefined;
  /** The manifest beside the files: what it knows holds for files of the same digests. */
  readonly manifest?: Manifest | undefined;
  /** What was guessed of files under names of their own; null where names say all. */
  readonly guessed?: readonly Guess[] | null | undefined;
  /** How a person says that the pictures lie. */
  readonly orientation?: Orientation | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Unpacked bytes of the whole set. */
  readonly onProgress?: ((file: string, loaded: number, total: number) => void) | undefined;
}

/** The file with its digest, which only a `.gz` needs: the list of official bytes has no unpacked files. */
export async function digested(name: string, bytes: Uint8Array): Promise<FileBytes> {
  return { name, bytes, sha256: bytes[0] === 0x1f ? await sha256(bytes) : null };
}

/** Official if every digest is, unknown if there is nothing to compare, else not the official bytes. */
export function verify(id: DatasetId, digests: { readonly [Role in FileRole]: string | null }): Verified {
  const pairs = CATALOGUE[id].files.map(({ role, sha256 }) => ({ official: sha256, found: digests[role] }));
  if (pairs.some(({ official, found }) => official === null || found === null)) return 'unknown';
  return pairs.every(({ official, found }) => official === found) ? 'official' : 'differs';
}

/** Refuses (`DataError`) whatever is wrong with the files, one by one and together. */
export async function buildDataset(
  id: DatasetId,
  files: FilesOfSet,
  options: BuildOptions,
): Promise<Dataset> {
  const entry = CATALOGUE[id];
  const { classes } = DATASETS[id].shape;
  const remarks: Said[] = [...(options.remarks ?? [])];
  const { decoded, orientation, sure, known } = await decodeAll(entry, files, options, remarks);
  const { guessed } = options;
  const split = (part: 'train' | 'test'): SplitData => {
    const images = decoded[`${part}-images`];
    const labels = decoded[`${part}-labels`];
    const count = images.length / PIXELS;
    checkCounts(count, files[`${part}-images`].name, labels.length, files[`${part}-labels`].name);
    return { images, labels, count };
  };
  const train = split('train');
  const test = split('test');
  checkClasses(train.labels, files['train-labels'].name);
  remarkOnOverlap(train, test, remarks);
  if (known) remarkOnTest(entry, test, files, remarks);
  const sample = isSample(id, train.count, test.count);
  const digests = mapRoles((role) => files[role].sha256);
  const asPrepared = options.manifest?.files.every(({ role, sha256 }) => sha256 === digests[role]);
  const content = { classes, pixels: PIXELS, side: SIDE, train, test };
  const standard = standardise(train.images, files['train-images'].name);
  return {
    id,
    name: sample
      ? `${entry.label} (sample: ${number(train.count)} train, ${number(test.count)} test)`
      : entry.label,
    characters: entry.characters,
    ...content,
    ...standard,
    digest: await datasetDigest(content),
    sample,
    provenance: {
      source: options.source,
      verified: options.manifest && asPrepared ? options.manifest.verified : verify(id, digests),
      bytes: options.manifest
        ? manifestBytes(options.manifest)
        : FILE_ROLES.reduce((sum, role) => sum + files[role].bytes.length, 0),
    },
    remarks,
    ...(guessed ? { understood: { guessed: sure ? guessed : [...guessed, 'upright'], orientation } } : {}),
  };
}

function remarkOnOverlap(train: SplitData, test: SplitData, remarks: Said[]): void {
  const shared = sharedImages(train, test, PIXELS);
  if (shared === test.count) remarks.push(remark('test-is-training', shared));
  else if (shared > 0) remarks.push(remark('test-in-training', shared, test.count));
}

async function decodeAll(
  entry: CatalogueEntry,
  files: FilesOfSet,
  { signal, onProgress, orientation: said }: BuildOptions,
  remarks: Said[],
) {
  const { classes } = DATASETS[entry.id].shape;
  const total = FILE_ROLES.reduce((sum, role) => sum + unpackedBytes(files[role].bytes), 0);
  const decoded: Partial<Record<FileRole, Uint8Array>> = {};
  let done = 0;
  let found = { orientation: UPRIGHT, sure: true, known: false };
  for (const role of FILE_ROLES) {
    const { name, bytes } = files[role];
    const unpacked = await unpack(bytes, {
      file: name,
      signal,
      onTrailing: (trailing) => remarks.push(remark('bytes-after-gzip', name, trailing)),
      onProgress: (loaded) => onProgress?.(name, Math.min(done + loaded, total), total),
    });
    signal?.throwIfAborted();
    decoded[role] = role.endsWith('images')
      ? // What came out of gzip is ours to turn; a file that was not packed may still be wanted as it is.
        decodeImages(unpacked, name, {
          orientation: (stored) => {
            if (role === 'train-images')
              found = howTheyLie(entry, stored, decoded['train-labels']!, name, { said, remarks });
            return found.orientation;
          },
          inPlace: unpacked !== bytes,
        })
      : decodeLabels(unpacked, name, { firstLabel: entry.firstLabel, classes });
    done += unpacked.length;
  }
  return { decoded: decoded as Record<FileRole, Uint8Array>, ...found };
}

/** Fewer images than the official set has. */
export const isSample = (id: DatasetId, train: number, test: number): boolean =>
  train < DATASETS[id].shape.trainCount || test < DATASETS[id].shape.testCount;

/** What to write beside the files of a data set that was built from them. */
export function manifestOf(dataset: Dataset, files: FilesOfSet): Manifest {
  return {
    version: 1,
    id: dataset.id,
    counts: { train: dataset.train.count, test: dataset.test.count },
    sample: dataset.sample,
    verified: dataset.provenance.verified,
    files: CATALOGUE[dataset.id].files.map(({ role, name }) => ({
      role,
      name,
      bytes: files[role].bytes.length,
      sha256: files[role].sha256,
    })),
  };
}

export function mapRoles<T>(make: (role: FileRole) => T): { [Role in FileRole]: T } {
  return Object.fromEntries(FILE_ROLES.map((role) => [role, make(role)])) as { [Role in FileRole]: T };
}

/** Refuses an incomplete set, naming what is missing. */
export function completeSet(
  id: DatasetId,
  found: { readonly [Role in FileRole]?: FileBytes },
  where: Parameters<(typeof dataFaults)['files-missing']>[2],
): FilesOfSet {
  const missing = CATALOGUE[id].files.filter(({ role }) => !found[role]);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    throw new DataError('files-missing', CATALOGUE[id].label, names, where);
  }
  return found as FilesOfSet;
}
