import { imagesOf, stageCost, type StageCostEstimate } from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';

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
    images: imagesOf(data),
  });
}
