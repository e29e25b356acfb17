import { ringBytes } from '../../devices/collectives/ring.ts';
import { FLOAT_BYTES, stageCost, trainingFlops, imagesOf } from '../../experiment/cost/stage.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { openRun, ringPairs } from '../open-devices.ts';
import { DataParallelRun } from './run.ts';

/** Every device holds the whole network and a share of each batch; gradients are summed over a ring. */
export const dataParallel: Strategy<'data'> = {
  id: 'data',
  devices: ({ replicas }) => replicas,

  costEstimate({ batch, optimizer }, { network, replicas }, data) {
    const share = Math.ceil(batch / replicas);
    const { parameters, memory } = stageCost({
      layers: network,
      batch: share,
      optimizer,
      training: 'exchange',
      inputGradient: false,
      images: imagesOf(data),
    });
    const devices = Array.from({ length: replicas }, (_, rank): DeviceCostEstimate => {
      const bytes = ringBytes(parameters, replicas, rank);
      return {
        rank,
        holds: `All ${network.length} layers`,
        parameters,
        // A copy of the gradients goes around the ring.
        memory: { ...memory, workspace: replicas > 1 ? FLOAT_BYTES * parameters : 0 },
        flopsPerStep: trainingFlops(network, batch, false) / replicas,
        sendsPerStep: replicas > 1 ? bytes.reduceScatter + bytes.allGather : 0,
      };
    });
    return {
      devices,
      flopsPerStep: trainingFlops(network, batch, false),
      bytesPerStep: devices.reduce((sum, { sendsPerStep }) => sum + sendsPerStep, 0),
      messagesPerStep: 2 * replicas * (replicas - 1),
      evaluationBytes: () => 0,
    };
  },

  stepSeconds({ plan: { replicas }, costEstimate, compute, link }) {
    const sent = Math.max(...costEstimate.devices.map(({ sendsPerStep }) => sendsPerStep));
    return Math.max(...compute) + 2 * (replicas - 1) * link.latency + sent / link.bandwidth;
  },
  stepFormula:
    'the slowest device’s computing + 2 × (devices − 1) × latency + bytes one device sends ÷ bandwidth',

  open(context) {
    const { plan } = context;
    return openRun(context, plan.replicas, ringPairs(plan.replicas), async (devices) => {
      const run = new DataParallelRun(context, devices);
      await run.build();
      return run;
    });
  },
};
