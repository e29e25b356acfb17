import {
  FLOAT_BYTES,
  activationBytes,
  forwardFlops,
  imagesOf,
  stageCost,
} from '../../experiment/cost/stage.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';
import { countParameters, outputSize } from '../../network/layers/layers.ts';
import { conventional } from '../conventional/index.ts';
import type { DeviceCostEstimate, RunContext, Strategy } from '../contract.ts';
import { LOCAL_TIME } from '../local/cost.ts';
import { openRun } from '../open-devices.ts';
import { layFeatures } from '../sil/features.ts';
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

/** Initial parameters of the whole network; a front of one layer that would learn features begins, and stays, as those. */
async function frozenStart(context: RunContext): Promise<Float32Array> {
  const { plan } = context;
  const parameters = await startParameters(context, plan.network, plan.initScales);
  if (frozenParts(plan).front.length === 1) await layFeatures(context, plan.network, parameters);
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
