import { labelObjective } from '../../engines/ends.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { labelTables, lossAt } from '../../experiment/plan.ts';
import { noiseKey } from '../../labels/generate.ts';
import { noiseSigma } from '../../labels/table.ts';
import { countParameters } from '../../network/layers/layers.ts';
import type { Strategy } from '../contract.ts';
import { LOCAL_TIME, localCost } from '../local/cost.ts';
import { openLocalRun, type LocalPart } from '../local/run.ts';
import { conventionalCost } from '../conventional/cost.ts';
import { silCosts } from './cost.ts';
import { weighing } from '../balance.ts';
import { startParameters } from '../start.ts';

/**
 * Partitioned training via synthetic intermediate labels (Karadağ & Topaloğlu, arXiv 2403.11204), for any number of
 * cuts: the first partition learns image → label vector of its class, each later one label vector → label vector at
 * the next cut, the last label vector → class. All start together and exchange nothing.
 */
export const sil: Strategy<'sil'> = {
  id: 'sil',
  devices: ({ partitions }) => partitions.length,

  costEstimate(experiment, plan, data) {
    const costEstimates = silCosts(plan, experiment, data).map((costEstimate, rank) => {
      const { firstLayer, layers } = plan.partitions[rank];
      return { ...costEstimate, layers: [firstLayer, firstLayer + layers.length] as const };
    });
    // At each cut an image's activations and its class go on to the next device.
    const evaluation = plan.cuts.reduce((sum, { width }) => sum + FLOAT_BYTES * width + 1, 0);
    return localCost(costEstimates, evaluation);
  },

  ...LOCAL_TIME,

  async open(context) {
    const { plan, experiment, data } = context;
    const shape = {
      pixels: data.pixels,
      classes: data.classes,
      trainCount: data.train.count,
      testCount: data.test.count,
    };
    const tables = labelTables(plan, experiment);
    const costEstimates = silCosts(plan, experiment, shape);
    const all = await startParameters(context, plan.labelNetwork, plan.labelInitScales);
    let offset = 0;
    const parts = plan.partitions.map(({ rank, layers }): LocalPart => {
      const parameters = all.slice(offset, (offset += countParameters(layers)));
      const left = tables[rank - 1];
      const right = tables[rank];
      return {
        layers,
        parameters,
        source: left
          ? {
              kind: 'labels',
              table: left,
              noise: noiseSigma(left, experiment.noise),
              noiseKey: noiseKey(experiment.seed, rank),
            }
          : { kind: 'images', pixels: data.pixels, scale: data.scale, shift: data.shift },
        objective: right
          ? labelObjective(right, lossAt(experiment, right.width))
          : { kind: 'classes', classes: data.classes },
        // Synthetic labels come in rounds of all classes: what is drawn evenly must not be weighed as if it were not.
        ...(left ? {} : weighing(context)),
        budget: rank === 0 ? Infinity : plan.labelSteps,
        flopsPerStep: costEstimates[rank].flopsPerStep,
      };
    });
    return openLocalRun(context, parts, {
      network: plan.labelNetwork,
      flopsPerStep: conventionalCost(plan, experiment, shape).flopsPerStep,
    });
  },
};
