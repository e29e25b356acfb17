import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import { noneByClass, tally, type ClassScore } from '../by-class.ts';
import type { Split } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { outputSize } from '../../network/layers/layers.ts';
import { progressReporter } from '../exchange/progress.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { imagesOf, type ImageFeed } from '../images.ts';

/** Names of the two stages of the device: what stays as it is, and what trains on its output. */
export interface FrozenStages {
  readonly front: string;
  readonly rest: string;
}

export interface Front {
  readonly stage: string;
  readonly parameters: Float32Array;
}

/** Gives the front its parameters, which it keeps. */
export function holdFront(context: RankContext, { stage, parameters }: Front): Promise<void> {
  return context.stage(stage).holdGathered(parameters, 'forward');
}

export interface FrozenTurn extends FrozenStages {
  readonly batch: number;
  readonly feed: ImageFeed;
  /** Classes of the turn's images in their order. */
  readonly targets: Uint8Array;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/** Trains what stands behind a front that only goes forward. */
export async function trainFrozen(context: RankContext, turn: FrozenTurn): Promise<ExchangeTurnResult> {
  const { batch, feed, targets, learningRates } = turn;
  const { spans } = context;
  const [front, rest] = [context.stage(turn.front), context.stage(turn.rest)];
  const width = outputSize(front.spec.layers);
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const losses = new Float32Array(learningRates.length);
  const started = now();
  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const from = step * batch;
    const images = order.slice(from, from + batch);
    const count = images.length;
    const free = context.engine.hold('workspace', FLOAT_BYTES * count * width);
    try {
      losses[step] = await spans.during('forward', async () => {
        const { output } = await front.infer(
          { kind: 'images', split: 'train', order: images },
          { output: true },
        );
        const { score } = await rest.forward(0, {
          kind: 'activations',
          count,
          values: output!,
          targets: targets.slice(from, from + count),
        });
        return score!.loss;
      });
      await spans.during('backward', () => rest.backward(0, { divisor: count }));
    } finally {
      free();
    }
    await context.update(() => spans.during('update', () => rest.optimizerStep(learningRates[step])));
    report(step + 1, losses[step] / count);
  }
  return { losses, clock: context.clock(started) };
}

export interface FrozenEvaluation extends FrozenStages {
  readonly split: Split;
  readonly order: Uint32Array;
  readonly targets: Uint8Array;
}

/** Images per piece: bounds the memory an evaluation needs. */
const CHUNK = 512;

/** Scores both stages as one network. */
export async function evaluateFrozen(context: RankContext, request: FrozenEvaluation): Promise<ClassScore> {
  const { split, order, targets } = request;
  const [front, rest] = [context.stage(request.front), context.stage(request.rest)];
  const byClass = noneByClass(rest.spec.objective);
  const width = outputSize(front.spec.layers) + byClass.seen.length;
  const total = { loss: 0, correct: 0, count: order.length, byClass };
  for (let from = 0; from < order.length; from += CHUNK) {
    await context.gate();
    const images = order.slice(from, from + CHUNK);
    const count = images.length;
    const free = context.engine.hold('looking', FLOAT_BYTES * count * width);
    const classes = targets.slice(from, from + count);
    const { score, output: logits } = await context.spans
      .during('evaluate', async () => {
        const { output } = await front.infer({ kind: 'images', split, order: images }, { output: true });
        const input = { kind: 'activations', count, values: output!, targets: classes } as const;
        return rest.infer(input, { output: true, score: true });
      })
      .finally(free);
    total.loss += score!.loss;
    total.correct += score!.correct;
    tally(byClass, logits!, classes);
  }
  return total;
}
