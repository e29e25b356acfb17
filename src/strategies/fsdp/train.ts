import { chunkOf, type Ring } from '../../devices/collectives/ring.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import type { StageInput } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { countParameters, inputSize, outputSize, type LayerSpec } from '../../network/layers/layers.ts';
import { progressReporter } from '../exchange/progress.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import { gatherLayer, layerName, scatterGradients, type Gathered } from './layer.ts';

export interface ShardedTurn {
  /** Ranks in the order of the ring. */
  readonly ranks: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly batch: number;
  readonly feed: ImageFeed;
  /** Classes of the turn's images in their order: the last layer has no images to know them from. */
  readonly targets: Uint8Array;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/**
 * A rank's part of a turn, as in ZeRO stage 3 (Rajbhandari et al. 2020): its share of each batch goes through the
 * layers one after the other; each layer's parameters are gathered just before it is used, while the layer before it
 * computes, and let go right after; its gradients are summed and scattered; every rank updates its own shards.
 */
export async function trainSharded(context: RankContext, turn: ShardedTurn): Promise<ExchangeTurnResult> {
  const { ranks, layers, batch, feed, targets, learningRates } = turn;
  const ring: Ring = { ranks };
  const place = ranks.indexOf(context.rank);
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const losses = new Float32Array(learningRates.length);
  const started = now();
  const last = layers.length - 1;
  const { spans } = context;

  /** Lends a layer its gathered parameters while `work` runs. */
  const whileGathered = async <T>(
    index: number,
    gathered: Promise<Gathered>,
    use: 'forward' | 'backward',
    work: () => Promise<T>,
  ): Promise<T> => {
    const stage = context.stage(layerName(index));
    const { values, free } = await gathered;
    await stage.holdGathered(values, use);
    free();
    return spans.during(use, work, String(index + 1));
  };
  const gather = (index: number, pass: string) => gatherLayer(context, ring, layers[index], index, pass);
  const hold = (numbers: number) => context.engine.hold('workspace', FLOAT_BYTES * numbers);

  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const first = step * batch;
    const count = Math.min(batch, order.length - first);
    const [from, to] = chunkOf(count, ranks.length, place).map((at) => first + at);
    // A batch smaller than the number of ranks leaves some with no samples; they take part in the gathers all the same.
    const samples = to - from;

    /** Activations on their way to the next layer, then gradients on their way back: counted while they are held. */
    let free = () => {};
    const passOn = (numbers: number) => {
      const [before, made] = [free, hold(samples * numbers)];
      free = made;
      return before;
    };
    let values: Float32Array | null = null;
    let next = gather(0, 'forward');
    for (let index = 0; index <= last; index++) {
      const gathered = next;
      const ahead = index < last ? gather(index + 1, 'forward') : null;
      // Awaited in its turn; a failure before that must not count as unhandled.
      ahead?.catch(() => {});
      const stage = context.stage(layerName(index));
      await whileGathered(index, gathered, 'forward', async () => {
        if (samples === 0) return;
        const input: StageInput =
          index === 0
            ? { kind: 'images', split: 'train', order: order.slice(from, to) }
            : {
                kind: 'activations',
                count: samples,
                values: values!,
                ...(index === last ? { targets: targets.slice(from, to) } : {}),
              };
        const done = passOn(index < last ? outputSize([layers[index]]) : 0);
        const { output, score } = await stage.forward(0, input);
        done();
        values = output ?? null;
        losses[step] += score?.loss ?? 0;
      });
      await stage.release();
      if (ahead) next = ahead;
    }

    let gradient: Float32Array | null = null;
    next = gather(last, 'backward');
    for (let index = last; index >= 0; index--) {
      const gathered = next;
      const ahead = index > 0 ? gather(index - 1, 'backward') : null;
      ahead?.catch(() => {});
      const stage = context.stage(layerName(index));
      await whileGathered(index, gathered, 'backward', async () => {
        if (samples === 0) return;
        const done = passOn(index > 0 ? inputSize([layers[index]]) : 0);
        gradient = await stage.backward(0, { ...(gradient ? { gradient } : {}), divisor: count });
        done();
      });
      const length = countParameters([layers[index]]);
      const freeSums = hold(length);
      const sums = samples > 0 ? await stage.readGradients() : new Float32Array(length);
      await stage.release();
      await scatterGradients(context, ring, index, sums).finally(freeSums);
      if (ahead) next = ahead;
    }
    const apply = async () => {
      for (let index = 0; index <= last; index++)
        await context.shards.get(layerName(index))!.optimizerStep(learningRates[step]);
    };
    await context.update(() => spans.during('update', apply));
    report(step + 1, losses[step] / samples);
  }
  return { losses, clock: context.clock(started) };
}
