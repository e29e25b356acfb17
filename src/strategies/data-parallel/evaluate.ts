import type { RankContext } from '../../devices/program.ts';
import { noneByClass, tally, type ClassScore } from '../by-class.ts';
import type { Split } from '../../engines/contract.ts';

export interface ReplicaEvaluation {
  readonly stage: string;
  readonly split: Split;
  readonly order: Uint32Array;
  /** Their classes. */
  readonly targets: Uint8Array;
}

/** Images per call, so that a pause or a stop is prompt. */
const CHUNK = 512;

/** Scores images with the whole network this device holds. */
export async function evaluateReplica(
  context: RankContext,
  { stage, split, order, targets }: ReplicaEvaluation,
): Promise<ClassScore> {
  const byClass = noneByClass(context.stage(stage).spec.objective);
  const total = { loss: 0, correct: 0, count: order.length, byClass };
  for (let from = 0; from < order.length; from += CHUNK) {
    await context.gate();
    const input = { kind: 'images', split, order: order.slice(from, from + CHUNK) } as const;
    const { length } = input.order;
    const free = context.engine.hold('looking', 4 * length * byClass.seen.length);
    const { score, output } = await context.spans
      .during('evaluate', () => context.stage(stage).infer(input, { output: true, score: true }))
      .finally(free);
    tally(byClass, output!, targets.subarray(from, from + length));
    total.loss += score!.loss;
    total.correct += score!.correct;
  }
  return total;
}
