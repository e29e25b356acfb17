import type { RankContext } from '../../devices/program.ts';
import { noneByClass, tally, type ByClass, type ClassScore } from '../by-class.ts';
import type { Score, Split, StageInput } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { type LayerSpec, outputSize } from '../../network/layers/layers.ts';
import { gatherLayer, layerName } from './layer.ts';
import type { Pieces } from './pieces.ts';

export interface ShardedEvaluation {
  readonly ranks: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly split: Split;
  /** This rank's share of the images, and their classes. */
  readonly order: Uint32Array;
  readonly targets: Uint8Array;
  readonly pieces: Pieces;
}

/** Scores this rank's share of some images, piece by piece. */
export async function evaluateSharded(context: RankContext, request: ShardedEvaluation): Promise<ClassScore> {
  const { order, targets, pieces, layers } = request;
  const byClass = noneByClass(context.stage(layerName(layers.length - 1)).spec.objective);
  const total = { loss: 0, correct: 0, count: order.length, byClass };
  for (let piece = 0; piece < pieces.count; piece++) {
    await context.gate();
    const place = [piece * pieces.size, (piece + 1) * pieces.size] as const;
    const { loss, correct } = await scorePiece(
      context,
      request,
      order.slice(...place),
      targets.slice(...place),
      byClass,
    );
    total.loss += loss;
    total.correct += correct;
  }
  return total;
}

/** All images of a piece through a layer, then the next layer. A rank without images takes part in the gathers. */
async function scorePiece(
  context: RankContext,
  { ranks, layers, split }: ShardedEvaluation,
  order: Uint32Array,
  targets: Uint8Array,
  byClass: ByClass,
): Promise<Score> {
  const ring = { ranks, phase: 'evaluation' } as const;
  const count = order.length;
  const last = layers.length - 1;
  let values: Float32Array = new Float32Array(0);
  let score: Score = { loss: 0, correct: 0, count };
  for (let index = 0; index <= last; index++) {
    const gathered = await gatherLayer(context, ring, layers[index], index, 'evaluate');
    const stage = context.stage(layerName(index));
    await stage.holdGathered(gathered.values, 'forward');
    gathered.free();
    if (count > 0) {
      const input: StageInput =
        index === 0
          ? { kind: 'images', split, order }
          : { kind: 'activations', count, values, ...(index === last ? { targets } : {}) };
      const made = count * outputSize([layers[index]]);
      const free = context.engine.hold('looking', FLOAT_BYTES * (values.length + made));
      const result = await context.spans
        .during('evaluate', () => stage.infer(input, { output: true, score: index === last }))
        .finally(free);
      values = result.output ?? values;
      score = result.score ?? score;
      if (index === last) tally(byClass, values, targets);
    }
    await stage.release();
  }
  return score;
}
