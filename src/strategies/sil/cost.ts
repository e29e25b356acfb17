import { imagesOf, stageCost, type StageCostEstimate, type TableSize } from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';
import { featureLayer } from '../../labels/features/features.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';

/** What a device holds of a cut beside it: label vectors, or layers that make what stands there. */
interface End {
  readonly table?: TableSize;
  readonly fixed?: readonly LayerSpec[];
}

/**
 * One device per partition. Only who reads images has some: the first partition, and the second the training images where
 * it makes features or a copy of the first. The steps of that copy are not among those of its own.
 */
export function silCosts(
  { partitions, cuts, classes, pixels, copySteps }: Plan,
  experiment: Experiment,
  data: DataShape,
): StageCostEstimate[] {
  const { batch, optimizer, hybrid } = experiment;
  const ends = cuts.map(({ targets, width }): End =>
    targets === 'features' ? { fixed: [featureLayer({ pixels, width })] } : { table: { classes, width } },
  );
  return partitions.map(({ rank, layers }) => {
    const before: End | undefined =
      rank === 1 && copySteps > 0 ? { fixed: partitions[0].layers } : ends[rank - 1];
    const own: End | undefined = ends[rank];
    const trainedOn = before?.fixed && { count: data.trainCount, pixels };
    const images = rank === 0 ? imagesOf(data) : trainedOn;
    return stageCost({
      ...{ layers, batch, optimizer, training: 'local', inputGradient: false },
      tables: [before?.table, own?.table].filter((table) => table !== undefined),
      ...(own?.table && hybrid > 0 ? { compares: own.table } : {}),
      ...(before?.fixed ? { front: before.fixed } : {}),
      ...(own?.fixed ? { aims: own.fixed } : {}),
      ...(images ? { images } : {}),
    });
  });
}
