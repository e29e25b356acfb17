/** What may stand behind `npm run mutate --`. */
import { parseArgs } from 'node:util';
import type { Sample } from './sample.ts';

export const FOLDERS = [
  'experiment',
  'labels',
  'network',
  'analysis',
  'devices',
  'strategies',
  'session',
] as const;

export interface MutateOptions {
  readonly sample: Sample;
  /** Folders of `src/` that are changed. */
  readonly folders: readonly string[];
}

export const HELP = `Changes the sources in small ways, one at a time, and says which changes no unit test notices.

  npm run mutate -- [options]

  --share N     the share of all possible changes that is tried, 0 … 1 (0.02)
  --seed N      which ones (1)
  --folders A,B folders of src/ (${FOLDERS.join(',')})
  --help        this
`;

/** Reads the command line; null where help is asked for. Throws a sentence where it cannot be read. */
export function readOptions(args: readonly string[]): MutateOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      share: { type: 'string', default: '0.02' },
      seed: { type: 'string', default: '1' },
      folders: { type: 'string', default: FOLDERS.join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const share = Number(values.share);
  if (!(share > 0 && share <= 1))
    throw new Error(`--share is a number above 0 and up to 1; found “${values.share}”.`);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Error(`--seed is a whole number from 0 on; found “${values.seed}”.`);
  const folders = values.folders.split(',');
  const unknown = folders.find((folder) => !FOLDERS.some((known) => known === folder));
  if (unknown !== undefined)
    throw new Error(`--folders takes ${FOLDERS.join(', ')}, with commas between them; found “${unknown}”.`);
  return { sample: { share, seed }, folders };
}
