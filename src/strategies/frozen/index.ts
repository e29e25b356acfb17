import {
  FLOAT_BYTES,
  activationBytes,
  forwardFlops,
  imagesOf,
  stageCost,
} from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { trainedBy, type Plan } from '../../experiment/plan.ts';
import { countParameters, outputSize } from '../../network/layers/layers.ts';
import { conventional } from '../conventional/index.ts';
import type { DeviceCostEstimate, RunContext, Strategy } from '../contract.ts';
import { LOCAL_TIME } from '../local/cost.ts';
import { openRun } from '../open-devices.ts';
import { firstCutMade } from '../sil/cut-ends.ts';
import { shapeOf } from '../shape.ts';
import { startParameters } from '../start.ts';
import { frozenParts } from './parts.ts';
import { FrozenRun } from './run.ts';

/**
 * The control of an early cut: what the layers behind it learn from a front that has learned nothing. Whoever trains a
 * front on labels must come out above this, or its front does no work. Without a cut it is conventional training.
 */
export const frozenFront: Strategy<'frozen'> = {
  id: 'frozen',
  devices: () => 1,

  costEstimate(experiment, plan, data) {
    if (frozenParts(plan).front.length === 0) return conventional.costEstimate(experiment, plan, data);
    const device = deviceCost(experiment, plan, data);
    return {
      devices: [device],
      flopsPerStep: device.flopsPerStep,
      bytesPerStep: 0,
      messagesPerStep: 0,
      evaluationBytes: () => 0,
    };
  },

  ...LOCAL_TIME,

  open(context) {
    const { experiment, plan, data } = context;
    if (frozenParts(plan).front.length === 0) return conventional.open(context);
    const { flopsPerStep } = deviceCost(experiment, plan, shapeOf(data));
    return openRun(context, 1, [], async (devices) => {
      const run = new FrozenRun(context, devices, flopsPerStep);
      await run.build(await frozenStart(context));
      return run;
    });
  },
};

/**
 * Initial parameters of the whole network. A front of one layer that would learn features, or what labels carry, begins, and
 * stays, as those: what trains behind it is then the last part alone.
 */
async function frozenStart(context: RunContext): Promise<Float32Array> {
  const { network, initScales } = trainedBy('frozen', context.plan);
  const parameters = await startParameters(context, network, initScales);
  const made = await firstCutMade(context);
  if (made) parameters.set(made);
  return parameters;
}

function deviceCost({ batch, optimizer }: Experiment, plan: Plan, data: DataShape): DeviceCostEstimate {
  const { front, rest } = frozenParts(plan);
  const trained = stageCost({
    layers: rest,
    batch,
    optimizer,
    training: 'exchange',
    inputGradient: true,
    images: imagesOf(data),
  });
  const fixed = countParameters(front);
  const { memory } = trained;
  return {
    rank: 0,
    holds: `Layers 1–${plan.network.length}, of which ${front.length} stay as they began`,
    parameters: fixed + trained.parameters,
    memory: {
      ...memory,
      parameters: FLOAT_BYTES * fixed + memory.parameters,
      activations: activationBytes(front, batch) + memory.activations,
      workspace: FLOAT_BYTES * batch * outputSize(front),
    },
    flopsPerStep: forwardFlops(front, batch) + trained.flopsPerStep,
    sendsPerStep: 0,
  };
}
