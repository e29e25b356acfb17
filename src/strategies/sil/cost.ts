import { imagesOf, stageCost, type StageCostEstimate, type TableSize } from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';
import { featureLayer } from '../../labels/features/features.ts';

/**
 * One device per partition; each holds what stands at the cuts beside it: a table of label vectors, or the layer that
 * makes features. Only who reads images has some: the first partition, and one behind features the training images.
 */
export function silCosts(
  { partitions, cuts, classes, pixels }: Plan,
  experiment: Experiment,
  data: DataShape,
): StageCostEstimate[] {
  const { batch, optimizer, hybrid } = experiment;
  const ends = cuts.map(({ targets, width }): { table?: TableSize; features?: Features } =>
    targets === 'features' ? { features: [featureLayer({ pixels, width })] } : { table: { classes, width } },
  );
  return partitions.map(({ rank, layers }) => {
    const [before, own] = [ends[rank - 1], ends[rank]];
    const trainedOn = before?.features && { count: data.trainCount, pixels };
    const images = rank === 0 ? imagesOf(data) : trainedOn;
    return stageCost({
      ...{ layers, batch, optimizer, training: 'local', inputGradient: false },
      tables: [before?.table, own?.table].filter((table) => table !== undefined),
      ...(own?.table && hybrid > 0 ? { compares: own.table } : {}),
      ...(before?.features ? { front: before.features } : {}),
      ...(own?.features ? { aims: own.features } : {}),
      ...(images ? { images } : {}),
    });
  });
}

type Features = readonly ReturnType<typeof featureLayer>[];
