import { evaluationBytes, forwardBytes } from '../../experiment/cost/traffic.ts';
import { FLOAT_BYTES, forwardFlops, imagesOf } from '../../experiment/cost/stage.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { headedCost } from '../heads/cost.ts';
import { openRun } from '../open-devices.ts';
import { shapeOf } from '../shape.ts';
import { parted } from '../flat.ts';
import { startParameters } from '../start.ts';
import { LocalLossesRun } from './run.ts';
import { stepTime } from './step-time.ts';

/**
 * Decoupled greedy learning (Belilovsky, Eickenberg & Oyallon, ICML 2020; local losses: Nøkland & Eidnes, ICML 2019):
 * every stage learns the classes by a small head of its own, on the activations that the stage before it sends. Nothing
 * comes back, so that a stage waits for nobody's gradient.
 */
export const localLosses: Strategy<'local'> = {
  id: 'local',
  devices: ({ stages }) => stages.length,

  costEstimate(experiment, { stages, cuts, classes }, data) {
    const { batch, optimizer, lag } = experiment;
    const widths = cuts.map(({ width }) => width);
    const devices = stages.map(({ rank, firstLayer, layers }): DeviceCostEstimate => {
      const last = firstLayer + layers.length;
      const images = rank === 0 ? { images: imagesOf(data) } : {};
      const head = rank < stages.length - 1 ? { classes } : null;
      const { parameters, memory, flopsPerStep } = headedCost({ layers, batch, optimizer, ...images }, head);
      const [received, given] = [widths[rank - 1] ?? 0, widths[rank] ?? 0];
      return {
        rank,
        holds: `${layers.length === 1 ? `Layer ${last}` : `Layers ${firstLayer + 1}–${last}`}${head ? ' and a head' : ''}`,
        parameters,
        // A message in work, from one side or to the other, and those that wait.
        memory: {
          ...memory,
          workspace: FLOAT_BYTES * batch * (lag * received + Math.max(received + given, 2 * given)),
        },
        flopsPerStep,
        sendsPerStep: FLOAT_BYTES * batch * given,
      };
    });
    return {
      devices,
      flopsPerStep: devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0),
      bytesPerStep: forwardBytes(widths, batch),
      messagesPerStep: widths.length,
      evaluationBytes: (images) => evaluationBytes(widths, images),
    };
  },

  stepSeconds({ experiment, plan, costEstimate, compute, link }) {
    const { batch, lag } = experiment;
    return stepTime({
      // A device's time is measured as a whole; its parts are as their FLOPs.
      stages: plan.stages.map(({ rank, layers }) => ({
        forward: (compute[rank] * forwardFlops(layers, batch)) / costEstimate.devices[rank].flopsPerStep,
        all: compute[rank],
      })),
      transfers: plan.cuts.map(({ width }) => (FLOAT_BYTES * width * batch) / link.bandwidth),
      latency: link.latency,
      lag,
    });
  },
  stepFormula:
    'the slowest device’s computing or link, or, at a cut, forward before it + bytes ÷ bandwidth + computing behind it + 2 × latency, ÷ (lag + 1): whichever is more',

  open(context) {
    const { plan, experiment, data } = context;
    const { stages } = plan;
    const pairs = stages.slice(1).map(({ rank }) => [rank - 1, rank] as const);
    return openRun(context, stages.length, pairs, async (devices) => {
      const all = await startParameters(context, plan.network, plan.initScales);
      const { flopsPerStep } = localLosses.costEstimate(experiment, plan, shapeOf(data));
      const run = new LocalLossesRun(context, devices, flopsPerStep);
      await run.build(parted(all, stages));
      return run;
    });
  },
};
