/** Prices of the two ways of training in which every stage has its own objective, and nothing is sent. */
import type { DataShape } from '../datasets.ts';
import type { Experiment } from '../experiment.ts';
import type { Plan } from '../plan.ts';
import { stagePrice, type StagePrice, type TableSize } from './stage.ts';

/** One device with the whole network and all images. */
export function conventionalPrice({ network }: Plan, experiment: Experiment, data: DataShape): StagePrice {
  const { batch, optimizer } = experiment;
  return stagePrice({
    layers: network,
    batch,
    optimizer,
    training: 'local',
    inputGradient: false,
    images: images(data),
  });
}

/** One device per partition. Only the first has images; each holds the tables of the cuts beside it. */
export function silPrices(
  { partitions, cuts, classes }: Plan,
  experiment: Experiment,
  data: DataShape,
): StagePrice[] {
  const { batch, optimizer } = experiment;
  return partitions.map(({ rank, layers }) => {
    const tables: TableSize[] = [cuts[rank - 1], cuts[rank]]
      .filter((cut) => cut !== undefined)
      .map(({ width }) => ({ classes, width }));
    const held = rank === 0 ? { images: images(data) } : {};
    return stagePrice({ layers, batch, optimizer, training: 'local', inputGradient: false, tables, ...held });
  });
}

function images({ trainCount, testCount, pixels }: DataShape): { count: number; pixels: number } {
  return { count: trainCount + testCount, pixels };
}
