import type { RankContext } from '../../devices/program.ts';
import type { Score, Split, StageInput } from '../../engines/contract.ts';
import type { LayerSpec } from '../../network/spec.ts';
import { gatherLayer, layerName } from './layer.ts';

export interface ShardedEvaluation {
  readonly ranks: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly split: Split;
  /** This rank's share of the images, and their classes. */
  readonly order: Uint32Array;
  readonly targets: Uint8Array;
}

/** Scores this rank's share of some images: all of them through a layer, then the next layer. */
export async function evaluateSharded(
  context: RankContext,
  { ranks, layers, split, order, targets }: ShardedEvaluation,
): Promise<Score> {
  await context.gate();
  const ring = { ranks, phase: 'evaluation' } as const;
  const last = layers.length - 1;
  let values: Float32Array = new Float32Array(0);
  let score: Score = { loss: 0, correct: 0, count: order.length };
  for (let index = 0; index <= last; index++) {
    const gathered = await gatherLayer(context, ring, layers[index], index, 'evaluate');
    const stage = context.stage(layerName(index));
    await stage.lend(gathered.values, 'forward');
    gathered.free();
    if (order.length > 0) {
      const input: StageInput =
        index === 0
          ? { kind: 'images', split, order }
          : { kind: 'activations', count: order.length, values, ...(index === last ? { targets } : {}) };
      const result = await context.spans.during('evaluate', () =>
        stage.infer(input, { output: index < last, score: index === last }),
      );
      values = result.output ?? values;
      score = result.score ?? score;
    }
    await stage.release();
  }
  return score;
}
