/** Model and pipeline parallelism: stages of layers on devices of their own, activations forward, gradients back. */
import { evaluationBytes, exchangeBytesPerStep } from '../../experiment/cost/traffic.ts';
import {
  FLOAT_BYTES,
  forwardFlops,
  stageCost,
  trainingFlops,
  imagesOf,
} from '../../experiment/cost/stage.ts';
import type { Experiment, PipelineSchedule } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { StagedRun, type StagePlan } from './run.ts';
import { play } from './play.ts';
import { inFlight, tasks } from './schedule.ts';
import { openRun } from '../open-devices.ts';
import { parted } from '../flat.ts';
import { startParameters } from '../start.ts';

interface StagedOptions<Id extends StrategyId> {
  readonly id: Id;
  /** Micro-batches of a batch. */
  readonly microBatches: (experiment: Experiment) => number;
  readonly schedule: (experiment: Experiment) => PipelineSchedule;
  readonly stepFormula: string;
}

export function stagedStrategy<Id extends StrategyId>({
  id,
  microBatches,
  schedule,
  stepFormula,
}: StagedOptions<Id>): Strategy<Id> {
  /** What each device holds; a batch smaller than the number of micro-batches has fewer. */
  const stagesOf = (experiment: Experiment, { stages }: Plan): StagePlan[] => {
    const parts = Math.min(microBatches(experiment), experiment.batch);
    return stages.map(({ rank, firstLayer, layers }) => ({
      rank,
      firstLayer,
      layers,
      batch: Math.ceil(experiment.batch / parts),
      inFlight: inFlight(schedule(experiment), stages.length, rank, parts),
    }));
  };
  return {
    id,
    devices: ({ stages }) => stages.length,

    costEstimate(experiment, plan, data) {
      const { batch, optimizer } = experiment;
      const widths = plan.cuts.map(({ width }) => width);
      const parts = Math.min(microBatches(experiment), batch);
      const devices = stagesOf(experiment, plan).map((stage): DeviceCostEstimate => {
        const { rank, firstLayer, layers } = stage;
        const { parameters, memory } = stageCost({
          ...stage,
          optimizer,
          training: 'exchange',
          inputGradient: rank > 0,
          ...(rank === 0 ? { images: imagesOf(data) } : {}),
        });
        const last = firstLayer + layers.length;
        const beside = (widths[rank - 1] ?? 0) + (widths[rank] ?? 0);
        return {
          rank,
          holds: layers.length === 1 ? `Layer ${last}` : `Layers ${firstLayer + 1}–${last}`,
          parameters,
          // A micro-batch's message from one side and the one to the other.
          memory: { ...memory, workspace: FLOAT_BYTES * stage.batch * beside },
          flopsPerStep: trainingFlops(layers, batch, rank > 0),
          sendsPerStep: FLOAT_BYTES * batch * beside,
        };
      });
      return {
        devices,
        flopsPerStep: devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0),
        bytesPerStep: exchangeBytesPerStep(widths, batch),
        messagesPerStep: 2 * parts * widths.length,
        evaluationBytes: (images) => evaluationBytes(widths, images),
      };
    },

    stepSeconds({ experiment, plan, compute, link }) {
      const { batch } = experiment;
      const parts = Math.min(microBatches(experiment), batch);
      return play({
        tasks: plan.stages.map(({ rank }) => tasks(schedule(experiment), plan.stages.length, rank, parts)),
        stages: plan.stages.map(({ rank, layers }) => {
          // A device's time is measured as a whole; its parts are as their FLOPs.
          const forward = forwardFlops(layers, batch) / trainingFlops(layers, batch, rank > 0);
          const each = compute[rank] / parts;
          return { forward: forward * each, backward: (1 - forward) * each };
        }),
        transfers: plan.cuts.map(({ width }) => (FLOAT_BYTES * width * batch) / parts / link.bandwidth),
        latency: link.latency,
      });
    },
    stepFormula,

    open(context) {
      const { plan, experiment } = context;
      const stages = stagesOf(experiment, plan);
      const pairs = stages.slice(1).map(({ rank }) => [rank - 1, rank] as const);
      return openRun(context, stages.length, pairs, async (devices) => {
        const all = await startParameters(context, plan.network, plan.initScales);
        const flops = trainingFlops(plan.network, experiment.batch, false);
        const run = new StagedRun(context, devices, stages, flops, {
          microBatches: Math.min(microBatches(experiment), experiment.batch),
          schedule: schedule(experiment),
        });
        await run.build(parted(all, stages));
        return run;
      });
    },
  };
}
