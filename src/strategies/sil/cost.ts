import { imagesOf, stageCost, type StageCostEstimate, type TableSize } from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';

/** One device per partition. Only the first has images; each holds the tables of the cuts beside it. */
export function silCosts(
  { partitions, cuts, classes }: Plan,
  experiment: Experiment,
  data: DataShape,
): StageCostEstimate[] {
  const { batch, optimizer, hybrid } = experiment;
  const tables = cuts.map(({ width }): TableSize => ({ classes, width }));
  return partitions.map(({ rank, layers }) => {
    const own = tables[rank];
    return stageCost({
      ...{ layers, batch, optimizer, training: 'local', inputGradient: false },
      tables: [tables[rank - 1], own].filter((table) => table !== undefined),
      ...(own && hybrid > 0 ? { compares: own } : {}),
      ...(rank === 0 ? { images: imagesOf(data) } : {}),
    });
  });
}
