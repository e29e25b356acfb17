/** The data that a command needs, where nothing of it is there yet: in a new clone each command works first. */
import { DataError } from '../../src/data/errors.ts';
import type { DatasetId } from '../../src/experiment/datasets.ts';
import { hasData } from '../../src/lab/load-data.ts';
import { DATA_FOLDER } from '../../src/lab/options.ts';
import { nameOf } from './folder.ts';
import { prepare } from './prepare.ts';
import { readOptions } from './options.ts';

/**
 * Prepares sets as `npm run data` does, unless a folder is named that is a person's own. A set that cannot be had is said, and
 * left to who reads it.
 *
 * @param folder Where the command looks for them.
 * @param home The folder of prepared sets.
 */
export async function ensureData(
  ids: readonly DatasetId[],
  folder: string,
  say: (line: string) => void,
  home: string = DATA_FOLDER,
): Promise<void> {
  if (folder !== home) return;
  for (const id of new Set(ids)) {
    if (await hasData(home, id)) continue;
    const options = { ...readOptions([], process.env), out: home };
    try {
      await prepare(id, options, say, process.stderr);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      say(`${nameOf(id)}: ${error.message}`);
    }
  }
}
