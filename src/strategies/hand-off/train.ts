import { workedMs } from '../../devices/pauses.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import type { StageInput } from '../../engines/contract.ts';
import { inputSize } from '../../network/layers/layers.ts';
import { progressReporter } from '../exchange/progress.ts';
import { learn } from '../heads/learn.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import { HANDED } from './hand-over.ts';

export interface HandOffTurn {
  readonly stage: string;
  /** Null on the last partition, which needs none. */
  readonly head: string | null;
  readonly batch: number;
  readonly feed: ImageFeed;
  /** Classes of the turn's images in their order. */
  readonly targets: Uint8Array;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

export interface HandOffTurnResult {
  /** Mean loss of the partition's own objective. */
  readonly loss: number;
  /** Milliseconds without pauses. */
  readonly ms: number;
}

/** Trains a partition on images, or on what was handed to it. No other rank is spoken to. */
export async function trainHandOff(context: RankContext, turn: HandOffTurn): Promise<HandOffTurnResult> {
  const { batch, feed, targets, learningRates } = turn;
  const headed = { body: context.stage(turn.stage), head: turn.head ? context.stage(turn.head) : null };
  const { source, layers } = headed.body.spec;
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const width = inputSize(layers);
  const started = now();
  let sum = 0;

  const inputOf = (images: Uint32Array, classes: Uint8Array): StageInput => {
    if (source.kind === 'images') return { kind: 'images', split: 'train', order: images };
    const handed = context.kept.get(HANDED)!.values;
    const values = new Float32Array(images.length * width);
    images.forEach((image, row) =>
      values.set(handed.subarray(image * width, (image + 1) * width), row * width),
    );
    const given = { kind: 'activations', count: images.length, values } as const;
    return headed.head ? given : { ...given, targets: classes };
  };

  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const [from, to] = [step * batch, Math.min((step + 1) * batch, order.length)];
    const classes = targets.subarray(from, to);
    const loss = await learn(context, headed, {
      input: inputOf(order.subarray(from, to), classes),
      targets: classes,
      learningRate: learningRates[step],
    });
    sum += loss / (to - from);
    report(step + 1, loss / (to - from));
  }
  return { loss: sum / learningRates.length, ms: workedMs([context.clock(started)])[0] };
}
