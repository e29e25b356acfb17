import { chunkOf, ringBytes } from '../../devices/collectives/ring.ts';
import {
  activationBytes,
  dataBytes,
  FLOAT_BYTES,
  optimizerBytes,
  trainingFlops,
} from '../../experiment/cost/stage.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { sum } from '../../network/sums.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { openRun, ringPairs } from '../open-devices.ts';
import { fullest } from './fullest.ts';
import { evaluationPieces } from './pieces.ts';
import { FsdpRun } from './run.ts';

/** Gathers of a layer's parameters in a step: for the forward and for the backward pass. */
const GATHERS = 2;

/** ZeRO stage 3: every device keeps a share of each layer and gathers a layer just before it is used. */
export const fullySharded: Strategy<'fsdp'> = {
  id: 'fsdp',
  devices: ({ replicas }) => replicas,

  costEstimate({ batch, optimizer }, { network, replicas }, data) {
    const share = Math.ceil(batch / replicas);
    const lengths = network.map((layer) => countParameters([layer]));
    const devices = Array.from({ length: replicas }, (_, rank): DeviceCostEstimate => {
      const kept = sum(
        lengths.map((length) => {
          const [start, end] = chunkOf(length, replicas, rank);
          return end - start;
        }),
      );
      // Of a short batch a device may have more than of a whole one, where there are more devices than images.
      const samples = [Math.min(batch, data.trainCount), data.trainCount % batch].map((count) => {
        const [start, end] = chunkOf(count, replicas, rank);
        return end - start;
      });
      const held = fullest(network, Math.max(...samples));
      const sends = sum(
        lengths.map((length) => {
          const { allGather, reduceScatter } = ringBytes(length, replicas, rank);
          return GATHERS * allGather + reduceScatter;
        }),
      );
      return {
        rank,
        holds: `1/${replicas} of all ${network.length} layers`,
        parameters: kept,
        memory: {
          parameters: FLOAT_BYTES * (kept + held.parameters),
          gradients: FLOAT_BYTES * (kept + held.gradients),
          optimizer: optimizerBytes(kept, optimizer),
          // Each layer keeps its own input and output.
          activations: sum(network.map((layer) => activationBytes([layer], share))),
          labels: 0,
          data: dataBytes(data.trainCount + data.testCount, data.pixels),
          workspace: FLOAT_BYTES * held.workspace,
        },
        flopsPerStep: trainingFlops(network, batch, false) / replicas,
        sendsPerStep: replicas > 1 ? sends : 0,
      };
    });
    // Chunks without numbers are not sent: a layer of fewer parameters than devices has some.
    const messages = sum(
      lengths.map((length) => (GATHERS + 1) * (replicas - 1) * Math.min(replicas, length)),
    );
    return {
      devices,
      flopsPerStep: trainingFlops(network, batch, false),
      bytesPerStep: sum(devices.map(({ sendsPerStep }) => sendsPerStep)),
      messagesPerStep: messages,
      evaluationBytes: (images) =>
        evaluationPieces(network, share, images, replicas).count *
        sum(lengths.map((length) => (replicas - 1) * FLOAT_BYTES * length)),
    };
  },

  stepSeconds({ plan: { network, replicas }, costEstimate, compute, link }) {
    const sent = Math.max(...costEstimate.devices.map(({ sendsPerStep }) => sendsPerStep));
    const hops = (GATHERS + 1) * (replicas - 1) * network.length;
    return Math.max(...compute) + hops * link.latency + sent / link.bandwidth;
  },
  stepFormula:
    'the slowest device’s computing + 3 × (devices − 1) × layers × latency + bytes one device sends ÷ bandwidth, ' +
    'without overlap',

  open(context) {
    const { plan } = context;
    return openRun(context, plan.replicas, ringPairs(plan.replicas), async (devices) => {
      const run = new FsdpRun(context, devices);
      await run.build();
      return run;
    });
  },
};
