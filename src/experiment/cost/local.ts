/** Prices of the two strategies in which every stage has its own objective, and nothing is sent. */
import type { DataShape } from '../datasets.ts';
import type { Experiment } from '../experiment.ts';
import type { Plan } from '../plan.ts';
import { stageCost, type StageCostEstimate, type TableSize } from './stage.ts';

/** One device with the whole network and all images. */
export function conventionalCost(
  { network }: Plan,
  experiment: Experiment,
  data: DataShape,
): StageCostEstimate {
  const { batch, optimizer } = experiment;
  return stageCost({
    layers: network,
    batch,
    optimizer,
    training: 'local',
    inputGradient: false,
    images: images(data),
  });
}

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
    const held = rank === 0 ? { images: images(data) } : {};
    return stageCost({ layers, batch, optimizer, training: 'local', inputGradient: false, tables, ...held });
  });
}

function images({ trainCount, testCount, pixels }: DataShape): { count: number; pixels: number } {
  return { count: trainCount + testCount, pixels };
}
