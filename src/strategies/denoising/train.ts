import { workedMs } from '../../devices/pauses.ts';
import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import { classesOf } from '../../engines/ends.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { blockInput, noisedClasses } from '../../network/blocks.ts';
import type { StreamKey } from '../../network/random.ts';
import { progressReporter } from '../exchange/progress.ts';
import { imagesOf, type ImageFeed } from '../images.ts';
import type { LocalTurnResult } from '../local/train.ts';

/** How a block reads: the images it holds as `byte · scale + shift`, and classes of this noise. */
export interface Reading {
  readonly stage: string;
  readonly pixels: number;
  readonly scale: number;
  readonly shift: number;
  /** Standard deviation. */
  readonly noise: number;
}

export interface DenoisingTurn extends Reading {
  readonly batch: number;
  readonly feed: ImageFeed;
  /** The first step's number, counted from the start: it places the noise in its stream. */
  readonly step: number;
  readonly noiseKey: StreamKey;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/** Bytes beside the stage for some samples: what the block reads, and the classes in it before they are scaled. */
export const besideBytes = (samples: number, pixels: number, classes: number): number =>
  FLOAT_BYTES * samples * (pixels + 2 * classes);

/** Trains a block on images and their noised classes. No other rank is spoken to. */
export async function trainDenoising(context: RankContext, turn: DenoisingTurn): Promise<LocalTurnResult> {
  const { batch, feed, noise, noiseKey, pixels, learningRates } = turn;
  const { engine, spans } = context;
  const stage = context.stage(turn.stage);
  const held = context.images.get('train')!;
  const classes = classesOf(stage.spec.objective!);
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const started = now();
  let sum = 0;
  for (let step = 0; step < learningRates.length; step++) {
    await context.gate();
    const images = order.subarray(step * batch, (step + 1) * batch);
    const count = images.length;
    const targets = Uint8Array.from(images, (image) => held.labels[image]);
    const free = engine.hold('workspace', besideBytes(count, pixels, classes));
    let loss: number;
    try {
      const first = (turn.step + step) * batch;
      const z = noisedClasses(targets, classes, { noise, key: noiseKey, first });
      const values = blockInput({ ...turn, images: held.images }, images, z, noise);
      const { score } = await spans.during('forward', () =>
        stage.forward(0, { kind: 'activations', count, values, targets }),
      );
      loss = score!.loss / count;
    } finally {
      free();
    }
    await spans.during('backward', () => stage.backward(0, { divisor: count }));
    await spans.during('update', () => stage.optimizerStep(learningRates[step]));
    sum += loss;
    report(step + 1, loss);
  }
  const { length: steps } = learningRates;
  return { loss: sum / steps, steps, ms: workedMs([context.clock(started)])[0] };
}
