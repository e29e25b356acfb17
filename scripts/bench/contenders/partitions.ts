/** SIL partitions, for the scaling table: each one a local stage on an engine of its own, nothing between them. */
import { streamKey, Random } from '../../../src/network/random.ts';
import { partition } from '../../../src/network/partition.ts';
import { inputSize, unflattenParameters, outputSize } from '../../../src/network/layers/layers.ts';
import { MIXTURE, type Batches, type LabelTable } from '../../../src/engines/contract.ts';
import { ENGINES } from '../../../src/engines/registry.ts';
import { BATCHES, evenCuts, materialOf, PIXEL_SCALE, RATE, type Problem } from '../problem.ts';
import { threadsSaid, type Running } from './contender.ts';

function labelTable(classes: number, width: number, cut: number): LabelTable {
  const random = Random.for(1, 'benchmark-labels', cut);
  return { classes, width, values: Float32Array.from({ length: classes * width }, () => random.normal()) };
}

/**
 * Partition `rank` of `count` on the given engine, trained on pure labels.
 * @param threads That it may use.
 */
export async function startPartition(
  engineId: 'webgpu' | 'cpu',
  problem: Problem,
  rank: number,
  count: number,
  threads: number,
): Promise<Running> {
  const { network, parameters, images, labels } = materialOf(problem);
  const { batch, widths } = problem;
  const classes = widths[widths.length - 1];
  const cuts = evenCuts(network.length, count);
  const { firstLayer, layers } = partition(network, cuts)[rank];
  const views = unflattenParameters(network, parameters).slice(firstLayer, firstLayer + layers.length);
  const own = Float32Array.from(views.flatMap(({ weights, bias }) => [...weights, ...bias]));
  const first = rank === 0;
  const last = rank === count - 1;
  const engine = await ENGINES[engineId].create({ threads });
  const stage = await engine.stage({
    layers,
    parameters: own,
    batch,
    optimizer: 'adam',
    decay: 0,
    source: first
      ? { kind: 'images', pixels: widths[0], scale: PIXEL_SCALE, shift: 0 }
      : {
          kind: 'labels',
          table: labelTable(classes, inputSize(layers), rank),
          noise: 0,
          noiseKey: streamKey(1, 'noise'),
        },
    objective: last
      ? { kind: 'classes', classes }
      : {
          kind: 'labels',
          table: labelTable(classes, outputSize(layers), rank + 1),
          scale: 1 / outputSize(layers),
        },
    training: 'local',
  });
  if (first) await stage.load('train', images, labels);
  engine.resetPeak();
  const batchesOf = (steps: number): Batches => {
    const samples = steps * batch;
    const order = Uint32Array.from({ length: samples }, (_, i) => i % (BATCHES * batch));
    if (first) return { kind: 'images', order };
    const targets = Uint8Array.from(order, (sample) => labels[sample]);
    return {
      kind: 'labels',
      classes: Uint8Array.from({ length: samples * MIXTURE }, (_, i) => targets[Math.floor(i / MIXTURE)]),
      weights: Float32Array.from({ length: samples * MIXTURE }, (_, i) => (i % MIXTURE === 0 ? 1 : 0)),
      targets,
    };
  };
  return {
    about: engine.about.name,
    threads: threadsSaid(engine.about),
    async run(steps) {
      const { losses } = await stage.train({
        batches: batchesOf(steps),
        learningRates: new Float32Array(steps).fill(RATE),
      });
      return losses[steps - 1];
    },
    peakBytes: () => engine.memory().peak,
    async stop() {
      stage.dispose();
      await engine.dispose();
    },
  };
}
