import { allReduce, chunkOf } from '../../devices/collectives/ring.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import { progressReporter } from '../exchange/progress.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { imagesOf, type ImageFeed } from '../images.ts';

export interface DataParallelTurn {
  readonly stage: string;
  /** Ranks in the order of the ring. */
  readonly ranks: readonly number[];
  readonly batch: number;
  readonly feed: ImageFeed;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/**
 * A replica's part of a turn: gradients of its share of each batch, summed with the others' over the ring, one update.
 * The loss is averaged over the whole batch everywhere, so the sums are the gradients of the batch, and all replicas
 * stay equal to the bit.
 */
export async function trainReplica(
  context: RankContext,
  turn: DataParallelTurn,
): Promise<ExchangeTurnResult> {
  const { ranks, batch, feed, learningRates } = turn;
  const { spans } = context;
  const stage = context.stage(turn.stage);
  const place = ranks.indexOf(context.rank);
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const losses = new Float32Array(learningRates.length);
  const started = now();
  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const first = step * batch;
    const count = Math.min(batch, order.length - first);
    const [from, to] = chunkOf(count, ranks.length, place);
    // A batch smaller than the number of replicas leaves some with nothing to add.
    if (to > from) {
      const images = order.slice(first + from, first + to);
      const { score } = await spans.during('forward', () =>
        stage.forward(0, { kind: 'images', split: 'train', order: images }),
      );
      losses[step] = score?.loss ?? 0;
      await spans.during('backward', () => stage.backward(0, { divisor: count }));
    }
    if (ranks.length > 1) {
      const gradients = await stage.readGradients();
      const free = context.engine.hold('workspace', gradients.byteLength);
      try {
        await allReduce(context, { ranks }, gradients, 'gradients');
        await stage.writeGradients(gradients);
      } finally {
        free();
      }
    }
    await context.update(() => spans.during('update', () => stage.optimizerStep(learningRates[step])));
    report(step + 1, losses[step] / (to - from));
  }
  return { losses, clock: context.clock(started) };
}
