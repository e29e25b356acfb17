import { imagesOf, stageCost, type StageCostEstimate } from '../../experiment/cost/stage.ts';
import { forwardBytes } from '../../experiment/cost/traffic.ts';
import type { DataShape } from '../../experiment/datasets.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { trainedBy, type Plan } from '../../experiment/plan.ts';
import { blockNoises } from '../../network/blocks.ts';
import { levelSizes } from '../../network/layers/layers.ts';
import type { DeviceCostEstimate, Strategy } from '../contract.ts';
import { parted } from '../flat.ts';
import { LOCAL_TIME } from '../local/cost.ts';
import { openRun } from '../open-devices.ts';
import { shapeOf } from '../shape.ts';
import { startParameters } from '../start.ts';
import { DenoisingRun } from './run.ts';
import { besideBytes } from './train.ts';

/** Every block has all images: it reads them as the first one does. */
function blockCosts(
  { batch, optimizer }: Experiment,
  { blocks }: Plan,
  data: DataShape,
): StageCostEstimate[] {
  return blocks.map(({ layers }) =>
    stageCost({
      ...{ layers, batch, optimizer, training: 'exchange', inputGradient: false },
      images: imagesOf(data),
    }),
  );
}

/**
 * Blocks that take away noise (`network/blocks.ts`): each device trains a network of its own on image and noised class,
 * and nothing is sent. An answer goes through all of them.
 *
 * Its control comes with it: how well the blocks before answer, the first one alone among them. What that reaches is not
 * the work of a chain.
 */
export const denoising: Strategy<'denoising'> = {
  id: 'denoising',
  devices: ({ blocks }) => blocks.length,

  costEstimate(experiment, plan, data) {
    const { batch } = experiment;
    const { pixels, classes, cuts } = plan;
    const devices = blockCosts(experiment, plan, data).map(
      ({ parameters, memory, flopsPerStep }, rank): DeviceCostEstimate => ({
        rank,
        holds: `A block, ${levelSizes(plan.blocks[rank].layers).join(' → ')}`,
        parameters,
        memory: { ...memory, workspace: besideBytes(batch, pixels, classes) },
        flopsPerStep,
        sendsPerStep: 0,
      }),
    );
    return {
      devices,
      flopsPerStep: devices.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0),
      bytesPerStep: 0,
      messagesPerStep: 0,
      // What a block answers of each image goes to the next one.
      evaluationBytes: (images) =>
        forwardBytes(
          cuts.map(() => classes),
          images,
        ),
    };
  },

  ...LOCAL_TIME,

  open(context) {
    const { experiment, plan, data } = context;
    const { blocks } = plan;
    const pairs = blocks.slice(1).map(({ rank }) => [rank - 1, rank] as const);
    return openRun(context, blocks.length, pairs, async (devices) => {
      const { network, initScales } = trainedBy('denoising', plan);
      // Weights from a file are those of another network.
      const all = await startParameters({ experiment }, network, initScales);
      const parameters = parted(all, blocks);
      const costs = blockCosts(experiment, plan, shapeOf(data));
      const noises = blockNoises(blocks.length);
      const own = blocks.map(({ layers }, rank) => ({
        layers,
        parameters: parameters[rank],
        noise: noises[rank],
        flopsPerStep: costs[rank].flopsPerStep,
      }));
      const run = new DenoisingRun(context, own, devices);
      await run.build();
      return run;
    });
  },
};
