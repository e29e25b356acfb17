/** Evaluation of a network whose parts lie on devices 0 … P − 1: activations go from one to the next. */
import { inputSize, outputSize } from '../../network/layers/layers.ts';
import type { RankContext } from '../../devices/program.ts';
import type { Split, StageInput } from '../../engines/contract.ts';
import { noneByClass, tally, type ClassScore } from '../by-class.ts';

export interface ChainEvaluation {
  readonly stage: string;
  /** Ranks of the chain in order; this rank is one of them. */
  readonly ranks: readonly number[];
  readonly split: Split;
  /** Images to look at and their classes: given to the first rank only, the others get theirs along the chain. */
  readonly order: Uint32Array;
  readonly targets: Uint8Array;
  readonly count: number;
}

export interface ChainScore {
  /** Counted by class on the last rank. */
  readonly score: ClassScore;
  /** Share of this part's output units that were 0 for every image. */
  readonly deadUnits: number;
}

/** Images per message: bounds the memory an evaluation needs. */
const CHUNK = 512;

/**
 * Runs this rank's part of an evaluation: takes activations from the rank before (or reads images), scores its own
 * output against its own objective (nearest label, or class), and passes the output on.
 */
export async function evaluateChain(context: RankContext, request: ChainEvaluation): Promise<ChainScore> {
  const { ranks, split, order, targets, count } = request;
  const stage = context.stage(request.stage);
  const place = ranks.indexOf(context.rank);
  const before = place > 0 ? context.link(ranks[place - 1]) : null;
  const after = place < ranks.length - 1 ? context.link(ranks[place + 1]) : null;
  const scored = stage.spec.objective !== null;
  const byClass = noneByClass(after ? null : stage.spec.objective);
  let score: ClassScore = { loss: 0, correct: 0, count: 0, byClass };
  const width = outputSize(stage.spec.layers);
  const inputs = inputSize(stage.spec.layers);
  const alive = new Uint8Array(width);

  for (let from = 0; from < count; from += CHUNK) {
    context.signal.throwIfAborted();
    const size = Math.min(CHUNK, count - from);
    let input: StageInput;
    let classes: Uint8Array;
    if (before) {
      const [values, sent] = await before.receive('evaluate');
      classes = sent as Uint8Array;
      input = { kind: 'activations', count: size, values: values as Float32Array, targets: classes };
    } else {
      await context.gate();
      classes = targets.slice(from, from + size);
      input = { kind: 'images', split, order: order.slice(from, from + size) };
    }
    // What goes on to the next part, or is counted by class, and what came from the one before.
    const free = context.engine.hold('looking', 4 * size * ((before ? inputs : 0) + width));
    const result = await context.spans
      .during('evaluate', () => stage.infer(input, { output: true, score: scored }))
      .finally(free);
    if (result.score) {
      score = {
        ...score,
        loss: score.loss + result.score.loss,
        correct: score.correct + result.score.correct,
        count: score.count + size,
      };
    }
    if (!after) tally(byClass, result.output!, classes);
    else if (result.output) {
      const output = result.output as Float32Array<ArrayBuffer>;
      for (let i = 0; i < output.length; i++) if (output[i] !== 0) alive[i % width] = 1;
      after.send('evaluation', 'evaluate', [output, classes as Uint8Array<ArrayBuffer>]);
    }
  }
  const living = alive.reduce((sum, unit) => sum + unit, 0);
  return { score, deadUnits: after ? 1 - living / width : 0 };
}
