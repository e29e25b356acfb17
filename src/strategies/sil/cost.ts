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
  const { batch, optimizer } = experiment;
  return partitions.map(({ rank, layers }) => {
    const tables: TableSize[] = [cuts[rank - 1], cuts[rank]]
      .filter((cut) => cut !== undefined)
      .map(({ width }) => ({ classes, width }));
    const held = rank === 0 ? { images: imagesOf(data) } : {};
    return stageCost({ layers, batch, optimizer, training: 'local', inputGradient: false, tables, ...held });
  });
}
