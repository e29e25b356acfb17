import type { RankContext } from '../../devices/program.ts';
import type { Score, Split } from '../../engines/contract.ts';

export interface ReplicaEvaluation {
  readonly stage: string;
  readonly split: Split;
  readonly order: Uint32Array;
}

/** Images per call, so that a pause or a stop is prompt. */
const CHUNK = 512;

/** Scores images with the whole network this device holds. */
export async function evaluateReplica(
  context: RankContext,
  { stage, split, order }: ReplicaEvaluation,
): Promise<Score> {
  const total = { loss: 0, correct: 0, count: order.length };
  for (let from = 0; from < order.length; from += CHUNK) {
    await context.gate();
    const input = { kind: 'images', split, order: order.slice(from, from + CHUNK) } as const;
    const { score } = await context.spans.during('evaluate', () =>
      context.stage(stage).infer(input, { score: true }),
    );
    total.loss += score!.loss;
    total.correct += score!.correct;
  }
  return total;
}
