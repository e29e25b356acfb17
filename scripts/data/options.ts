/** What the data script was asked for. */
import { parseArgs } from 'node:util';
import { AT_HAND, DATASET_IDS, PREFERRED, type DatasetId } from '../../src/experiment/datasets.ts';
import { DATA_FOLDER } from '../../src/lab/options.ts';

export interface Options {
  readonly ids: readonly DatasetId[];
  /** Whether the person said what they want or where it is; if not, going without EMNIST is fine. */
  readonly asked: boolean;
  readonly from: string | null;
  readonly mirror: string | null;
  readonly out: string;
  readonly fresh: boolean;
  readonly help: boolean;
}

export const HELP = `npm run data                      MNIST and EMNIST Balanced, ready for the app
npm run data -- emnist-letters    another set, or several
npm run data -- --all             all of them (about 550 MB)

Sets: ${DATASET_IDS.join(', ')}

  --from DIR     take EMNIST from this folder: the official files, or NIST's gzip.zip (also: EMNIST_DIR=DIR)
  --mirror URL   fetch from here instead of Hugging Face
  --fresh        prepare again what is already there
  --out DIR      put it here instead of public/data`;

/** Throws an `Error` with a sentence when something is asked for that does not exist. */
export function readOptions(args: readonly string[], environment: Readonly<NodeJS.ProcessEnv>): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      from: { type: 'string' },
      mirror: { type: 'string' },
      out: { type: 'string', default: DATA_FOLDER },
      fresh: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((id) => !DATASET_IDS.includes(id as DatasetId));
  if (unknown.length > 0) {
    throw new Error(`There is no data set ${unknown.join(', ')}. There are: ${DATASET_IDS.join(', ')}.`);
  }
  const named = values.all ? DATASET_IDS : (positionals as DatasetId[]);
  return {
    // Always the one at hand: it needs nothing but what npm has brought.
    ids: [...new Set<DatasetId>([AT_HAND, ...(named.length > 0 ? named : ([PREFERRED] as const))])],
    asked: named.length > 0 || values.from !== undefined,
    from: values.from ?? (environment.EMNIST_DIR || null),
    mirror: values.mirror ?? null,
    out: values.out,
    fresh: values.fresh,
    help: values.help,
  };
}
