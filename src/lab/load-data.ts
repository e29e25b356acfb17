import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answers } from '../data/answers.ts';
import { buildDataset } from '../data/build.ts';
import type { Dataset } from '../data/dataset.ts';
import { DataError } from '../data/errors.ts';
import { readDropped } from '../data/sources/dropped-files.ts';
import { mayHoldData } from '../data/sources/names.ts';
import type { DatasetId } from '../experiment/datasets.ts';
import { diskFile } from './disk-file.ts';

/**
 * A data set from a folder: as `npm run data` prepares it, or the official files or NIST's archive as they are.
 * @param said How files under names of their own are meant, where someone says so.
 * @throws DataError with a sentence, where there is none or its files are broken.
 */
export async function loadData(
  folder: string,
  id: DatasetId,
  said: Pick<Answers, 'trainFiles' | 'orientation'> = {},
): Promise<Dataset> {
  const paths = await filesOf(folder, id);
  if (paths.length === 0) {
    throw new DataError('no-files', id, folder);
  }
  const { files, remarks } = await readDropped(await Promise.all(paths.map(diskFile)), {
    prefer: id,
    ...(said.trainFiles && { answers: said }),
  });
  return buildDataset(id, files, { source: 'files', remarks, orientation: said.orientation });
}

/** Whether `loadData` would find files, of whatever they are. */
export const hasData = async (folder: string, id: DatasetId): Promise<boolean> =>
  (await filesOf(folder, id)).length > 0;

async function filesOf(folder: string, id: DatasetId): Promise<string[]> {
  const own = await filesIn(join(folder, id));
  return own.length > 0 ? own : filesIn(folder);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

async function filesIn(folder: string): Promise<string[]> {
  // One file may have all: an archive.
  if (await isFile(folder)) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // A folder may have the name of the file that it was made for.
  const files = entries.filter((entry) => !entry.isDirectory() && mayHoldData(entry.name));
  return files.map(({ name }) => join(folder, name));
}
