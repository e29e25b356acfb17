/**
 * What a link asks to be swept: `sweep=cuts:1~2~3~seeds:3`. A setting's values stand behind its key, parted by `~`; those that
 * are lists keep their commas. Only signs that a link shows as they are.
 */
import type { Experiment } from '../../experiment/experiment.ts';
import { decode, encode, fragmentOf } from '../../experiment/link.ts';
import { FIELD_NAMES, fieldOf } from '../../experiment/table.ts';
import { gridOf, RefusedLinkError, type Cell, type Sweep } from './grid.ts';
import { jobsOf, type Job } from './run-grid.ts';
import { studyText as text } from './words.ts';

export interface Ask {
  readonly sweeps: readonly Sweep[];
  /** So many, from the experiment's own on. */
  readonly seeds: number;
}

/** Of a sweep in a page: what a person may wait for, and what a link may make a machine do. */
export const MOST_RUNS = 200;
export const MOST_SEEDS = 100;

const SEEDS = 'seeds';

export const writeAsk = ({ sweeps, seeds }: Ask): string =>
  [...sweeps.map(({ key, values }) => `${key}:${values.join('~')}`), `${SEEDS}:${seeds}`].join('~');

/** @throws Error with a sentence. */
export function readAsk(written: string): Ask {
  const lists: { key: string; values: string[] }[] = [];
  for (const part of written.split('~')) {
    const [, key, value] = /^(?:([a-z][a-z-]*):)?([^:]*)$/.exec(part.trim()) ?? [];
    if (value === undefined || value === '') throw new Error(text.badAsk(written));
    if (key !== undefined) lists.push({ key, values: [value] });
    else if (lists.length > 0) lists[lists.length - 1].values.push(value);
    else throw new Error(text.badAsk(written));
  }
  const [first, ...more] = lists.filter(({ key }) => key === SEEDS).flatMap(({ values }) => values);
  const seeds = Number(first ?? 1);
  if (more.length > 0 || !/^\d+$/.test(first ?? '1') || seeds < 1 || seeds > MOST_SEEDS)
    throw new Error(text.badSeeds([first, ...more].join('~'), MOST_SEEDS));
  const sweeps = lists.filter(({ key }) => key !== SEEDS);
  const unknown = sweeps.find(({ key }) => !FIELD_NAMES.some((name) => fieldOf(name).key === key));
  if (unknown) throw new Error(text.noSuchSetting(unknown.key));
  const twice = sweeps.find(({ key }, index) => sweeps.slice(0, index).some((other) => other.key === key));
  if (twice) throw new Error(text.askedTwice(twice.key));
  return { sweeps, seeds };
}

/** What a link asks to be swept; null where it asks for nothing. @throws Error with a sentence. */
export function askOf(link: string): Ask | null {
  const { sweep } = decode(fragmentOf(link)).extras;
  return sweep === undefined ? null : readAsk(sweep);
}

/** A sweep of an experiment, ready to be run. */
export interface PlannedSweep {
  /** What opens it: the experiment, and what is swept. */
  readonly fragment: string;
  readonly ask: Ask;
  readonly cells: readonly Cell[];
  readonly jobs: readonly Job[];
}

/** @throws Error with a sentence for a sweep that cannot be: values that a link cannot have, too many runs. */
export function planSweep(experiment: Experiment, written: string): PlannedSweep {
  const ask = readAsk(written);
  const runs = ask.sweeps.reduce((product, { values }) => product * values.length, ask.seeds);
  if (runs > MOST_RUNS) throw new Error(text.tooManyRuns(runs, MOST_RUNS));
  try {
    const cells = gridOf(encode(experiment), ask.sweeps);
    return {
      fragment: encode(experiment, { sweep: writeAsk(ask) }),
      ask,
      cells,
      jobs: jobsOf(cells, ask.seeds),
    };
  } catch (error) {
    if (error instanceof RefusedLinkError)
      throw new Error(text.refusedValues(error.notices), { cause: error });
    throw error;
  }
}

/** `gridOf`'s sweeps as a terminal takes them; a `;` at the end keeps a single list together. */
const swept = ({ key, values }: Sweep): string =>
  ` --sweep '${key}=${values.join(';')}${values.length === 1 ? ';' : ''}'`;

/** What runs the same in a terminal. @param engine Which one, where the terminal would take another. */
export function commandOf(experiment: Experiment, { sweeps, seeds }: Ask, engine: string | null): string {
  const sweep = sweeps.map(swept).join('');
  const named = engine === null ? '' : ` --engine ${engine}`;
  return `npm run lab -- '#${encode(experiment)}'${sweep} --seeds ${seeds}${named} --out build/sweep --csv sweep.csv`;
}
