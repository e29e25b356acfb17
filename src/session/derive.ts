/** What follows from the settings and the sizes of the data: the plan, its costs, label vectors, and what to say of them. */
import type { Dataset } from '../data/dataset.ts';
import { DATASETS, type DataShape } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { encode } from '../experiment/link.ts';
import { labelTables, plan as planOf, type Plan } from '../experiment/plan.ts';
import { DEFAULTS, fieldOf } from '../experiment/table.ts';
import { sideOf } from '../labels/features/directions.ts';
import { duplicateLabels, unreachableLabels } from '../labels/diagnostics.ts';
import { STRATEGY_LIST } from '../strategies/registry.ts';
import type { SessionState } from './state.ts';
import { sessionText as text } from './words.ts';

export interface Derived extends Pick<
  SessionState,
  'plan' | 'costEstimates' | 'labels' | 'stepsPerEpoch' | 'totalSteps' | 'recoverySteps'
> {
  readonly plan: Plan;
  /** Sentences about labels that cannot work or settings without effect, said with SIL before it trains. */
  readonly warnings: readonly string[];
}

/** Sizes of the data at hand where it is the set that is asked for, else of the official files. */
export const shapeOf = ({ data }: Pick<Experiment, 'data'>, dataset: Dataset | null): DataShape =>
  dataset?.id === data
    ? {
        pixels: dataset.pixels,
        classes: dataset.classes,
        trainCount: dataset.train.count,
        testCount: dataset.test.count,
      }
    : DATASETS[data].shape;

export function derive(experiment: Experiment, dataset: Dataset | null): Derived {
  const shape = shapeOf(experiment, dataset);
  const plan = planOf(experiment, shape);
  const tables = labelTables(plan, experiment);
  return {
    plan,
    costEstimates: Object.fromEntries(
      STRATEGY_LIST.map((strategy) => [strategy.id, strategy.costEstimate(experiment, plan, shape)]),
    ),
    labels: plan.cuts.map(({ after, width }, index) => ({
      cut: after,
      width: tables[index]?.width ?? width,
      values: tables[index]?.values ?? null,
    })),
    stepsPerEpoch: plan.stepsPerEpoch,
    totalSteps: plan.totalSteps,
    recoverySteps: plan.recoverySteps,
    warnings: [
      ...tables.flatMap((table, index) =>
        (table === null
          ? [
              plan.cuts[index].targets === 'features' && sideOf(plan.pixels) === null
                ? text.plainFeatures
                : null,
            ]
          : [duplicateLabels(table).message, unreachableLabels(table, plan.cuts[index].boundary)]
        )
          .filter((message) => message !== null)
          .map((message) => text.atCut(index, message)),
      ),
      ...(experiment.targets === 'features' && plan.cuts.length > 0 && plan.cuts[0].targets !== 'features'
        ? [text.noFeatures]
        : []),
      ...carryingWarnings(experiment, plan),
      ...(plan.cuts.length > 0 && experiment.labelSteps > plan.totalSteps
        ? [text.labelStepsBeyond(experiment.labelSteps, plan.totalSteps)]
        : []),
    ],
  };
}

/** Settings that labels that carry leave without effect, or that have none without such labels. */
function carryingWarnings(experiment: Experiment, { cuts, copySteps }: Plan): string[] {
  const carried = cuts.filter(({ targets }) => targets === 'carried');
  // Behind a copy of the first partition, the second is shown what that answers.
  const swaps = carried.some(({ coded, index }) => coded > 0 && !(index === 0 && copySteps > 0));
  const idle = (['boundary', 'mix', 'labelSteps', 'hybrid'] as const).filter(
    (name) => experiment[name] !== DEFAULTS[name],
  );
  const linear = experiment.boundary === 'linear';
  const left = idle.filter((name) => !(linear && name === 'boundary')).map((name) => fieldOf(name).label);
  return [
    ...(carried.length > 0 && left.length > 0 ? [text.carriedWithout(left)] : []),
    ...(cuts.length > 0 && experiment.swap > 0 && !swaps ? [text.nothingSwapped] : []),
  ];
}

/** The same, made anew only where something changes that it depends on: the same plan is the same object. */
export function deriver(): typeof derive {
  let key = '';
  let of: Dataset | null = null;
  let last: Derived | null = null;
  return (experiment, dataset) => {
    // Neither the learning rate nor the strategies ticked change what is planned.
    const now = encode({
      ...experiment,
      learningRate: DEFAULTS.learningRate,
      strategies: DEFAULTS.strategies,
    });
    if (last && now === key && dataset === of) return last;
    [key, of, last] = [now, dataset, derive(experiment, dataset)];
    return last;
  };
}
