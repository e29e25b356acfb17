/** Asking blocks one after the other: each takes what the one before answers, and images of its own. */
import type { RankContext } from '../../devices/program.ts';
import type { Split } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { blockInput, probabilities } from '../../network/blocks.ts';
import { noneByClass, tally, type ClassScore } from '../by-class.ts';
import type { Reading } from './train.ts';

export interface DenoisingEvaluation extends Reading {
  /** Of blocks. */
  readonly count: number;
  readonly split: Split;
  readonly order: Uint32Array;
}

/** Images per message: bounds the memory an evaluation needs. */
const CHUNK = 512;

/** @returns How well this rank's block answers, behind those before it. */
export async function evaluateDenoising(
  context: RankContext,
  request: DenoisingEvaluation,
): Promise<ClassScore> {
  const { count, split, order, noise, pixels } = request;
  const { rank } = context;
  const stage = context.stage(request.stage);
  const { images, labels } = context.images.get(split)!;
  const before = rank > 0 ? context.link(rank - 1) : null;
  const after = rank < count - 1 ? context.link(rank + 1) : null;
  const byClass = noneByClass(stage.spec.objective);
  const classes = byClass.seen.length;
  const total = { loss: 0, correct: 0, count: order.length, byClass };
  for (let from = 0; from < order.length; from += CHUNK) {
    if (before) context.signal.throwIfAborted();
    else await context.gate();
    const own = order.subarray(from, from + CHUNK);
    const { length: size } = own;
    const [given] = before ? await before.receive('answers') : [new Float32Array(size * classes)];
    const targets = Uint8Array.from(own, (image) => labels[image]);
    // What it reads, was given, answers, and hands on.
    const free = context.engine.hold('looking', FLOAT_BYTES * size * (pixels + 4 * classes));
    const { output, score } = await context.spans
      .during('evaluate', () => {
        const values = blockInput({ ...request, images }, own, given as Float32Array, noise);
        return stage.infer(
          { kind: 'activations', count: size, values, targets },
          { output: true, score: true },
        );
      })
      .finally(free);
    total.loss += score!.loss;
    total.correct += score!.correct;
    tally(byClass, output!, targets);
    after?.send('evaluation', 'answers', [probabilities(output!, classes)]);
  }
  return total;
}
