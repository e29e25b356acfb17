import { inputSize, outputSize } from '../../network/layers/layers.ts';
import { chunkOf } from '../../devices/collectives/ring.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import type { StageInput } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import type { PipelineSchedule } from '../../experiment/experiment.ts';
import { progressReporter } from '../exchange/progress.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import { tasks } from './schedule.ts';

export interface StagedTurn {
  readonly stage: string;
  /** Ranks of all stages, in order. */
  readonly ranks: readonly number[];
  readonly batch: number;
  /** Micro-batches a batch is divided into; fewer where it has fewer samples. */
  readonly microBatches: number;
  readonly schedule: PipelineSchedule;
  readonly feed: ImageFeed;
  /** Classes of the turn's images in their order: for the last stage, which has no images. Empty for the others. */
  readonly targets: Uint8Array;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/**
 * A stage's part of a turn: activations come from the stage before and go to the one behind, gradients the other way,
 * micro-batch by micro-batch; one update per batch.
 */
export async function trainStaged(context: RankContext, turn: StagedTurn): Promise<ExchangeTurnResult> {
  const { ranks, batch, microBatches, schedule, feed, targets, learningRates } = turn;
  const { spans } = context;
  const stage = context.stage(turn.stage);
  const slots = stage.spec.inFlight ?? 1;
  const place = ranks.indexOf(context.rank);
  const before = place > 0 ? context.link(ranks[place - 1]) : null;
  const after = place < ranks.length - 1 ? context.link(ranks[place + 1]) : null;
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const losses = new Float32Array(after ? 0 : learningRates.length);
  const started = now();

  const { layers } = stage.spec;
  const beside = (before ? inputSize(layers) : 0) + (after ? outputSize(layers) : 0);
  /** What came from one neighbour and goes to the other, as long as the stage works on it. */
  const messages = (samples: number) => context.engine.hold('workspace', FLOAT_BYTES * samples * beside);

  const inputOf = async (from: number, to: number): Promise<StageInput> => {
    if (!before) return { kind: 'images', split: 'train', order: order.slice(from, to) };
    const [values] = await before.receive('forward');
    const given = { kind: 'activations', count: to - from, values: values as Float32Array } as const;
    return after ? given : { ...given, targets: targets.slice(from, to) };
  };

  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const first = step * batch;
    const count = Math.min(batch, order.length - first);
    const parts = Math.min(microBatches, count);
    for (const { kind, microBatch } of tasks(schedule, ranks.length, place, parts)) {
      const label = parts > 1 ? String(microBatch + 1) : undefined;
      const slot = microBatch % slots;
      const [from, to] = chunkOf(count, parts, microBatch);
      if (kind === 'forward') {
        const input = await inputOf(first + from, first + to);
        const free = messages(to - from);
        const { output, score } = await spans
          .during('forward', () => stage.forward(slot, input), label)
          .finally(free);
        if (score) losses[step] += score.loss;
        const values = output as Float32Array<ArrayBuffer>;
        if (after) spans.while('send', () => after.send('training', 'forward', [values]), label);
      } else {
        const received = after ? await after.receive('backward') : [];
        const gradient = received[0] as Float32Array | undefined;
        const free = messages(to - from);
        const passed = await spans
          .during(
            'backward',
            () => stage.backward(slot, { ...(gradient ? { gradient } : {}), divisor: count }),
            label,
          )
          .finally(free);
        const values = passed as Float32Array<ArrayBuffer>;
        if (before) spans.while('send', () => before.send('training', 'backward', [values]), label);
      }
    }
    await context.update(() => spans.during('update', () => stage.optimizerStep(learningRates[step])));
    report(step + 1, after ? NaN : losses[step] / count);
  }
  return { losses, clock: context.clock(started) };
}
