/** The folder of prepared sets. A set appears in it whole or not at all. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATASET_IDS, type DatasetId } from '../../src/experiment/datasets.ts';
import { CATALOGUE, FILE_ROLES } from '../../src/data/catalogue.ts';
import { DataError } from '../../src/data/errors.ts';
import { digested, type FileBytes, type FilesOfSet } from '../../src/data/build.ts';
import {
  MANIFEST_NAME,
  readManifest,
  writeManifest,
  writeSetList,
  type Manifest,
} from '../../src/data/manifest.ts';

/** Finished files of sets that are not complete yet. */
const PARTIAL = '.partial';

/** Writes beside the place first: a file under its own name is always whole. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, content);
  await rename(draft, path);
}

const exists = (path: string, bytes: number): Promise<boolean> =>
  stat(path).then(
    (found) => found.size === bytes,
    () => false,
  );

/** The manifest of a set that is prepared, its four files there and as long as it says; else null. */
export async function preparedManifest(out: string, id: DatasetId): Promise<Manifest | null> {
  const text = await readFile(join(out, id, MANIFEST_NAME), 'utf8').catch(() => '');
  const manifest = readManifest(text);
  if (!manifest || manifest.id !== id) return null;
  const found = await Promise.all(
    manifest.files.map(({ name, bytes }) => exists(join(out, id, name), bytes)),
  );
  return found.every(Boolean) ? manifest : null;
}

/** Puts a set in place of the one that was there, and brings the list of sets up to date. */
export async function placeSet(out: string, manifest: Manifest, files: FilesOfSet): Promise<void> {
  const { id } = manifest;
  const draft = join(out, `.${id}.${process.pid}.draft`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const { role, name } of manifest.files) await writeFile(join(draft, name), files[role].bytes);
  await writeFile(join(draft, MANIFEST_NAME), writeManifest(manifest));
  await rm(join(out, id), { recursive: true, force: true });
  await rename(draft, join(out, id));
  await rm(join(out, PARTIAL, id), { recursive: true, force: true });
  await listSets(out);
}

/** Writes the list that the app reads, from what is there. */
export async function listSets(out: string): Promise<void> {
  const prepared = await Promise.all(DATASET_IDS.map(async (id) => (await preparedManifest(out, id)) && id));
  await mkdir(out, { recursive: true });
  await writeWhole(join(out, MANIFEST_NAME), writeSetList(prepared.filter((id) => id !== null)));
}

/** Files of a download that did not end: found again at the next run. */
export function partialStore(out: string, id: DatasetId) {
  const folder = join(out, PARTIAL, id);
  return {
    async find(name: string): Promise<FileBytes | null> {
      const bytes = await readFile(join(folder, name)).catch(() => null);
      return bytes && digested(name, new Uint8Array(bytes));
    },
    async keep(file: FileBytes): Promise<void> {
      await mkdir(folder, { recursive: true });
      await writeWhole(join(folder, file.name), file.bytes);
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Whether a prepared set has these very files. */
export const sameFiles = (manifest: Manifest, files: FilesOfSet): boolean =>
  FILE_ROLES.every((role) => {
    const prepared = manifest.files.find((file) => file.role === role);
    return prepared?.sha256 !== null && prepared?.sha256 === files[role].sha256;
  });

/** The entries of a folder, or a sentence why there are none. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    throw new DataError('no-folder', folder);
  }
}

export const nameOf = (id: DatasetId): string => CATALOGUE[id].label;
