import { evaluationBytes, forwardBytes } from '../../experiment/cost/traffic.ts';
import { FLOAT_BYTES, forwardFlops, imagesOf } from '../../experiment/cost/stage.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { headedCost } from '../heads/cost.ts';
import { openRun } from '../open-devices.ts';
import { shapeOf } from '../shape.ts';
import { parted } from '../flat.ts';
import { startParameters } from '../start.ts';
import { CHUNK } from './hand-over.ts';
import { HandOffRun } from './run.ts';

/** Of each partition with its head. */
function partCosts({ batch, optimizer }: Experiment, { stages, classes }: Plan, data: DataShape) {
  return stages.map(({ rank, layers }) =>
    headedCost(
      { layers, batch, optimizer, ...(rank === 0 ? { images: imagesOf(data) } : {}) },
      rank < stages.length - 1 ? { classes } : null,
    ),
  );
}

/**
 * Greedy learning, one partition after the other (Belilovsky, Eickenberg & Oyallon, ICML 2019): each learns the classes by
 * a small head of its own, on what the finished one before it gives. That is sent once, and kept until it is learned from.
 */
export const handOff: Strategy<'handoff'> = {
  id: 'handoff',
  devices: ({ stages }) => stages.length,

  costEstimate(experiment, plan, data) {
    const { batch } = experiment;
    const { stages, cuts, totalSteps } = plan;
    const { trainCount } = data;
    const widths = cuts.map(({ width }) => width);
    const parts = partCosts(experiment, plan, data);
    const devices = stages.map(({ rank, firstLayer, layers }): DeviceCostEstimate => {
      const { parameters, memory, flopsPerStep } = parts[rank];
      const last = firstLayer + layers.length;
      const [received, given] = [widths[rank - 1] ?? 0, widths[rank] ?? 0];
      const handOver = given > 0 ? forwardFlops(layers, trainCount) : 0;
      const layersHeld = layers.length === 1 ? `Layer ${last}` : `Layers ${firstLayer + 1}–${last}`;
      return {
        rank,
        holds: given > 0 ? `${layersHeld} and a head` : layersHeld,
        parameters,
        memory: {
          ...memory,
          // What it was handed, of all training images.
          activations: memory.activations + FLOAT_BYTES * trainCount * received,
          // A batch of that, with what goes from the last layer to the head; or a message.
          workspace: FLOAT_BYTES * Math.max(batch * (received + given), Math.min(CHUNK, trainCount) * given),
        },
        flopsPerStep: flopsPerStep + handOver / totalSteps,
        sendsPerStep: (FLOAT_BYTES * trainCount * given) / totalSteps,
      };
    });
    return {
      devices,
      flopsPerStep: devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0),
      bytesPerStep: forwardBytes(widths, trainCount) / totalSteps,
      messagesPerStep: (widths.length * Math.ceil(trainCount / CHUNK)) / totalSteps,
      evaluationBytes: (images) => evaluationBytes(widths, images),
    };
  },

  stepSeconds({ costEstimate, plan, compute, link }) {
    const sending =
      costEstimate.bytesPerStep / link.bandwidth + (plan.cuts.length * link.latency) / plan.totalSteps;
    return compute.reduce((sum, one) => sum + one, 0) + sending;
  },
  stepFormula:
    'all devices’ computing, one after the other, + per cut (latency + bytes of all training images ÷ bandwidth) ÷ steps',

  open(context) {
    const { plan, experiment, data } = context;
    const { stages } = plan;
    const pairs = stages.slice(1).map(({ rank }) => [rank - 1, rank] as const);
    return openRun(context, stages.length, pairs, async (devices) => {
      const all = await startParameters(context, plan.network, plan.initScales);
      const shape = shapeOf(data);
      const flops = partCosts(experiment, plan, shape).map(({ flopsPerStep }, rank) => ({
        step: flopsPerStep,
        handOver: forwardFlops(stages[rank].layers, data.train.count),
      }));
      const run = new HandOffRun(context, devices, flops);
      await run.build(parted(all, stages));
      return run;
    });
  },
};
