/** Runs a study's rows: SIL with the row's settings, conventional training and controls with what of them concerns these. */
import type { Experiment } from '../../experiment/experiment.ts';
import { encode } from '../../experiment/link.ts';
import { plan } from '../../experiment/plan.ts';
import { BASELINE, STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { DEFAULTS } from '../../experiment/table.ts';
import { controlsFor, untold } from '../../session/controls.ts';
import type { Dataset } from '../../data/dataset.ts';
import { readExactly } from '../../session/study/grid.ts';
import { runLab, type Lab, type LabProgress } from '../lab.ts';
import type { LabOptions } from '../options.ts';
import type { RunResult } from '../../session/study/run-once.ts';
import { BASE, type Row, type Study } from './studies.ts';

export interface RowResult {
  readonly row: Row;
  /** What opens the row on the page, with every strategy in it. */
  readonly fragment: string;
  readonly experiment: Experiment;
  /** Whether its controls leave open what the last part does by itself. */
  readonly untold: boolean;
  /** Per seed, every strategy that the row ran. */
  readonly seeds: readonly RunResult['strategies'][];
}

export interface StudyResult {
  readonly study: Study;
  readonly rows: readonly RowResult[];
  readonly dataset: Dataset;
  readonly engine: string;
}

/** What shapes labels and cuts, and so nothing in conventional training. */
const OF_SIL = [
  'cuts',
  'code',
  'scale',
  'boundary',
  'labelInitScale',
  'sparsity',
  'mix',
  'noise',
  'labelSteps',
  'reduction',
  'targets',
  'copy',
  'carry',
  'swap',
  'hybrid',
] as const satisfies readonly (keyof Experiment)[];

/** Of these, what a control depends on that trains behind the first cut, or from its features. */
const OF_CONTROLS = ['cuts', 'targets'] as const satisfies readonly (keyof Experiment)[];

/** And where labels carry, of which such a front can be made. */
const OF_CARRIED = ['carry', 'code', 'scale', 'sparsity'] as const satisfies readonly (keyof Experiment)[];

/** The same experiment as far as conventional training can tell: shared by all rows that differ in labels only. */
export function baselineOf(experiment: Experiment): Experiment {
  const plain = Object.fromEntries(OF_SIL.map((field) => [field, DEFAULTS[field]]));
  return { ...experiment, ...plain, strategies: [BASELINE] };
}

/** The same experiment as far as a control can tell: shared by all rows with the same first cut. */
export function controlOf(experiment: Experiment, id: StrategyId): Experiment {
  const fields = experiment.carry > 0 ? [...OF_CONTROLS, ...OF_CARRIED] : OF_CONTROLS;
  const own = Object.fromEntries(fields.map((field) => [field, experiment[field]]));
  return { ...baselineOf(experiment), ...own, cuts: experiment.cuts.slice(0, 1), strategies: [id] };
}

/** What one strategy of a row runs with: settings that do not concern it are left out, so that rows share its runs. */
function partOf(experiment: Experiment, id: StrategyId): Experiment {
  const { needsLabels, control } = STRATEGIES[id];
  if (needsLabels) return { ...experiment, strategies: [id] };
  if (control) return controlOf(experiment, id);
  const plain = baselineOf(experiment);
  return id === BASELINE ? plain : { ...plain, cuts: experiment.cuts, strategies: [id] };
}

export type StudyOptions = Pick<LabOptions, 'data' | 'seeds' | 'engine' | 'out' | 'evenClasses'> & {
  /** The data set, and settings that all rows share, as in a link. */
  readonly link: string;
};

export async function runStudy(
  study: Study,
  options: StudyOptions,
  signal: AbortSignal,
  onProgress: (row: Row, progress: LabProgress) => void,
): Promise<StudyResult> {
  const rows: RowResult[] = [];
  let dataset: Dataset | null = null;
  let engine = '';
  const { evenClasses } = options;
  const own = {
    link: study.data ? `${options.link}&data=${study.data}` : options.link,
    evenClasses: study.uneven ? false : evenClasses,
  };
  for (const row of study.rows) {
    const experiment = experimentOf(row, own.link);
    const labs: Lab[] = [];
    const run = async (part: Experiment) => {
      const link = encode(part);
      const lab = await runLab({ ...options, ...own, link, sweeps: [] }, signal, (progress) =>
        onProgress(row, progress),
      );
      if (lab.failed) throw new Error(lab.failed);
      labs.push(lab);
      dataset = lab.dataset;
      engine = lab.engine;
    };
    const ids = study.kind === 'cost' ? experiment.strategies : ([BASELINE, 'sil'] as const);
    for (const id of ids) await run(partOf(experiment, id));
    const { pixels, classes, train } = dataset!;
    const { cuts } = plan(experiment, { pixels, classes, trainCount: train.count });
    for (const id of controlsFor({ cuts }))
      if (study.controls?.includes(id)) await run(partOf(experiment, id));
    rows.push({
      row,
      experiment,
      untold: untold({ cuts }),
      fragment: encode(experiment),
      seeds: labs[0].results[0].runs.map((_, seed) =>
        Object.assign({}, ...labs.map(({ results }) => results[0].runs[seed].strategies)),
      ),
    });
  }
  return { study, rows, dataset: dataset!, engine };
}

/** @throws Error with a sentence for a setting that a link cannot have. */
export function experimentOf({ settings }: Row, link: string): Experiment {
  const parameters = new URLSearchParams(BASE);
  for (const part of [settings, link])
    for (const [key, value] of new URLSearchParams(part)) parameters.set(key, value);
  return readExactly(parameters.toString());
}
