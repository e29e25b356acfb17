import type { Strategy } from '../contract.ts';
import { openLocalRun } from '../local/run.ts';
import { LOCAL_TIME, localCost } from '../local/cost.ts';
import { imageSource } from '../images.ts';
import { conventionalCost } from './cost.ts';
import { weighing } from '../balance.ts';
import { shapeOf } from '../shape.ts';
import { startParameters } from '../start.ts';

/** One device holds the whole network and all images. What every other strategy is measured against. */
export const conventional: Strategy<'conventional'> = {
  id: 'conventional',
  devices: () => 1,

  costEstimate(experiment, plan, data) {
    return localCost([{ ...conventionalCost(plan, experiment, data), layers: [0, plan.network.length] }]);
  },

  ...LOCAL_TIME,

  async open(context) {
    const { plan, experiment, data } = context;
    const { flopsPerStep } = conventionalCost(plan, experiment, shapeOf(data));
    const part = {
      layers: plan.network,
      parameters: await startParameters(context, plan.network, plan.initScales),
      source: imageSource(data),
      objective: { kind: 'classes', classes: data.classes },
      ...weighing(context),
      budget: Infinity,
      flopsPerStep,
    } as const;
    return openLocalRun(context, [part], { network: plan.network, flopsPerStep });
  },
};
