import {
  imagesOf,
  stageCost,
  type StageCostEstimate,
  type StageMemory,
  type TableSize,
} from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { CutPlan, Plan } from '../../experiment/plan.ts';
import { carriedLayer } from '../../labels/carried/carried.ts';
import { featureLayer } from '../../labels/features/features.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';

/** What a device holds of a cut beside it: label vectors, layers that make what stands there, or both. */
interface End {
  readonly table?: TableSize;
  readonly fixed?: readonly LayerSpec[];
}

function endAt({ targets, width, coded }: CutPlan, { pixels, classes }: Plan): End {
  const table = coded > 0 ? { table: { classes, width } } : {};
  switch (targets) {
    case 'codes':
      return table;
    case 'features':
      return { fixed: [featureLayer({ pixels, width })] };
    case 'carried':
      return { ...table, fixed: [carriedLayer({ pixels, width })] };
  }
}

/**
 * One device per partition. Only who reads images has some: the first partition, and later ones the training images where
 * they make features, what a label carries, or a copy of the first. Whoever makes that copy holds all that the first one
 * does beside what is its own, but for images; the steps of the copy are not among those of its own.
 */
export function silCosts(plan: Plan, experiment: Experiment, data: DataShape): StageCostEstimate[] {
  const { partitions, cuts, pixels, copySteps } = plan;
  const { batch, optimizer, hybrid } = experiment;
  const ends = cuts.map((cut) => endAt(cut, plan));
  const parts = partitions.map(({ rank, layers }) => {
    const before: End | undefined =
      rank === 1 && copySteps > 0 ? { fixed: partitions[0].layers } : ends[rank - 1];
    const own: End | undefined = ends[rank];
    const trainedOn = before?.fixed && { count: data.trainCount, pixels };
    const images = rank === 0 ? imagesOf(data) : trainedOn;
    return stageCost({
      ...{ layers, batch, optimizer, training: 'local', inputGradient: false },
      tables: [before?.table, own?.table].filter((table) => table !== undefined),
      ...(own?.table && !own.fixed && hybrid > 0 ? { compares: own.table } : {}),
      ...(before?.fixed ? { front: before.fixed } : {}),
      ...(own?.fixed ? { aims: own.fixed } : {}),
      ...(images ? { images } : {}),
    });
  });
  if (copySteps === 0) return parts;
  const [first, second, ...others] = parts;
  return [first, { ...second, memory: together(second.memory, { ...first.memory, data: 0 }) }, ...others];
}

const together = (one: StageMemory, other: StageMemory): StageMemory => ({
  parameters: one.parameters + other.parameters,
  gradients: one.gradients + other.gradients,
  optimizer: one.optimizer + other.optimizer,
  activations: one.activations + other.activations,
  labels: one.labels + other.labels,
  data: one.data + other.data,
  workspace: 0,
});
