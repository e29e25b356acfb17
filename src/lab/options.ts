import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Answers } from '../data/answers.ts';
import { ENGINE_IDS, type EngineId } from '../engines/contract.ts';
import { TURNS } from '../data/orientation.ts';
import { askOf } from '../session/study/ask.ts';
import { readSweep, type Sweep } from '../session/study/grid.ts';
import { labText as text } from './words.ts';

export interface LabOptions {
  /** A link, or what comes after its '#'. */
  readonly link: string;
  readonly data: string;
  /** How the files there are meant, where they leave it open. */
  readonly files: Pick<Answers, 'trainFiles' | 'orientation'>;
  /** Train on as many images of every class. */
  readonly evenClasses: boolean;
  readonly seeds: number;
  /** Runs at the same time. */
  readonly jobs: number;
  readonly sweeps: readonly Sweep[];
  readonly engine: EngineId;
  /** Whether it was asked for, not only assumed. */
  readonly engineGiven: boolean;
  readonly json: boolean;
  readonly csv: string | null;
  readonly out: string | null;
  /** Where to write the experiment as a Python file, instead of running it. */
  readonly exportPytorch: string | null;
  /** A safetensors file to begin with, and its layers in their order where that has to be said. */
  readonly weights: string | null;
  readonly layerOrder: readonly string[] | null;
  readonly help: boolean;
}

/** Where data is prepared, and looked for unless a folder is named. */
export const DATA_FOLDER = 'public/data';

export const HELP = `npm run lab -- '<link or fragment>' [options]

Runs an experiment as the page does, without a page.

  --data DIR          where data lies: official files, or what npm run data prepared (default public/data)
  --train-files A,B   the names of its training images and labels, where names and counts leave it open
  --turn DEGREES      how its images become upright: turned clockwise by 0, 90, 180 or 270, where they do not show it;
  --mirror            mirrored left to right before that
  --even-classes      even out the data set itself: every class as many training images, by repeating and leaving out
                      some for good. \`balance=sampling\` in the link leaves the set as it is, and draws evenly from it
  --seeds N           repeat with N seeds, counted from the link's (default 1)
  --jobs N            so many runs at the same time, which share the cores (default: as many as there are cores)
  --sweep KEY=A,B,C   vary a setting of the link; several sweeps make a grid. Lists: --sweep 'cuts=1;1,2;1,2,3'
                      A link that has a sweep of its own is run as it says, seeds and all, but for what is said here
  --epochs N          as --sweep epochs=N
  --engine ENGINE     ${ENGINE_IDS.join(', ')} (default cpu); webgpu needs a Vulkan driver
  --weights FILE      begin with the weights of a safetensors file: the whole network's, or a partition's
  --layer-order A,B   the names of its layers in their order, where neither names nor sizes settle it
  --out DIR           keep every finished run there; the same command goes on where it stopped
  --csv FILE          a line per experiment, seed and strategy
  --json              one JSON object on standard output, with the file of --weights and its digest
  --export-pytorch FILE   write the experiment as a Python file for torch.distributed, and run nothing; --data,
                      --even-classes, --epochs and sweeps of one value are heeded`;

/** In digits alone: 1.000 may be one, or a thousand. */
const wholeOf = (written: string): number => (/^\d+$/.test(written) ? Number(written) : NaN);

/** Each holds its images and its workers. */
const MOST_JOBS = 256;

/** Options that take a name, or names. */
const NAMING = ['data', 'train-files', 'weights', 'layer-order', 'csv', 'out', 'export-pytorch'] as const;

/** @throws Error with a sentence for what is not understood. */
export function readOptions(args: readonly string[]): LabOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: DATA_FOLDER },
      'train-files': { type: 'string' },
      turn: { type: 'string' },
      mirror: { type: 'boolean', default: false },
      'even-classes': { type: 'boolean', default: false },
      seeds: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      sweep: { type: 'string', multiple: true, default: [] },
      epochs: { type: 'string' },
      engine: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'string' },
      out: { type: 'string' },
      'export-pytorch': { type: 'string' },
      weights: { type: 'string' },
      'layer-order': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) {
    throw new Error(`One link at a time, but found ${positionals.length}. Quote a link that has a "&".`);
  }
  // As `"$FILE"` gives where it is not set.
  for (const option of NAMING) if (values[option]?.trim() === '') throw new Error(text.noName(`--${option}`));
  const link = positionals[0] ?? '';
  const given = [
    ...values.sweep.map(readSweep),
    ...(values.epochs === undefined ? [] : [{ key: 'epochs', values: [values.epochs] }]),
  ];
  const asked = askOf(link);
  const seeds = values.seeds === undefined ? (asked?.seeds ?? 1) : wholeOf(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1000) {
    throw new Error(`--seeds takes a whole number from 1 to 1000, but found "${values.seeds}".`);
  }
  const jobs = wholeOf(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > MOST_JOBS)
    throw new Error(text.badJobs(MOST_JOBS, values.jobs));
  const engine = ENGINE_IDS.find((id) => id === (values.engine ?? 'cpu'));
  if (!engine) throw new Error(`--engine takes ${ENGINE_IDS.join(', ')}, but found "${values.engine}".`);
  const { data, json, help, weights = null, 'layer-order': layerOrder } = values;
  if (layerOrder !== undefined && weights === null) throw new Error(text.orderWithoutWeights);
  if (weights !== null && values['export-pytorch'] !== undefined) throw new Error(text.weightsExported);
  return {
    link,
    data,
    files: filesOf(values),
    evenClasses: values['even-classes'],
    seeds,
    jobs,
    sweeps: given.length > 0 ? given : (asked?.sweeps ?? []),
    engine,
    engineGiven: values.engine !== undefined,
    json,
    csv: values.csv ?? null,
    out: values.out ?? null,
    exportPytorch: values['export-pytorch'] ?? null,
    weights,
    layerOrder: layerOrder?.split(',').map((name) => name.trim()) ?? null,
    help,
  };
}

function filesOf(said: {
  readonly 'train-files'?: string;
  readonly turn?: string;
  readonly mirror: boolean;
  readonly 'export-pytorch'?: string;
}): LabOptions['files'] {
  const { 'train-files': train, turn, mirror } = said;
  if (train === undefined && turn === undefined && !mirror) return {};
  if (said['export-pytorch'] !== undefined) throw new Error(text.filesExported);
  const degrees = TURNS.find((one) => String(one) === (turn ?? '0'));
  if (degrees === undefined) throw new Error(text.badTurn(turn ?? ''));
  return {
    ...(train !== undefined && { trainFiles: train.split(',').map((name) => name.trim()) }),
    ...((turn !== undefined || mirror) && { orientation: { mirror, turn: degrees } }),
  };
}
