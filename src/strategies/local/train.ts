import type { RankContext } from '../../devices/program.ts';
import { workedMs } from '../../devices/pauses.ts';
import { now } from '../../devices/spans.ts';
import { MIXTURE, type Batches } from '../../engines/contract.ts';
import { labelBatches } from '../../labels/batches.ts';
import type { Mix } from '../../labels/mixes.ts';
import { imagesOf, type ImageFeed } from '../images.ts';

/** What a rank trains on in a turn; its batches follow from the seed, so none of them travels. */
export type Feed =
  | ({ readonly kind: 'images' } & ImageFeed)
  | {
      readonly kind: 'labels';
      readonly seed: number;
      readonly classes: number;
      readonly mix: Mix;
      readonly from: number;
      readonly to: number;
    };

export interface LocalTurn {
  readonly stage: string;
  readonly batch: number;
  readonly feed: Feed;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
  /** Steps that are none of the rank's own are not reported while they are taken. */
  readonly silent?: boolean;
}

export interface LocalTurnResult {
  /** Mean of the rank's own objective over the turn. */
  readonly loss: number;
  readonly steps: number;
  /** Milliseconds without pauses. */
  readonly ms: number;
}

/** Steps are asked of the engine in pieces of about this long, so that pause, abort and progress are prompt. */
const PIECE_MS = 100;
const PROGRESS_MS = 150;

/** Trains a stage on its own inputs and targets. No other rank is spoken to. */
export async function trainLocal(context: RankContext, turn: LocalTurn): Promise<LocalTurnResult> {
  const { batch, feed, learningRates } = turn;
  const stage = context.stage(turn.stage);
  const batches = batchesOf(feed, context.rank, batch);
  const started = now();
  let piece = 1;
  let sum = 0;
  let done = 0;
  let reported = started;
  while (done < learningRates.length) {
    await context.gate();
    const steps = Math.min(piece, learningRates.length - done);
    const start = now();
    const { losses } = await context.spans.during('train', () =>
      stage.train({
        batches: slice(batches, done * batch, (done + steps) * batch),
        learningRates: learningRates.slice(done, done + steps),
      }),
    );
    let pieceSum = 0;
    for (const loss of losses) pieceSum += loss;
    sum += pieceSum;
    done += steps;
    const ended = now();
    piece = Math.max(1, Math.min(4 * piece, Math.round((steps * PIECE_MS) / Math.max(0.05, ended - start))));
    if (!turn.silent && ended - reported > PROGRESS_MS) {
      context.progress(done, pieceSum / steps);
      reported = ended;
    }
  }
  return { loss: sum / done, steps: done, ms: workedMs([context.clock(started)])[0] };
}

function batchesOf(feed: Feed, rank: number, batch: number): Batches {
  if (feed.kind === 'images') {
    return { kind: 'images', order: imagesOf(feed, batch) };
  }
  return labelBatches({ ...feed, rank, batch });
}

function slice(batches: Batches, from: number, to: number): Batches {
  if (batches.kind === 'images') return { kind: 'images', order: batches.order.slice(from, to) };
  return {
    kind: 'labels',
    classes: batches.classes.slice(from * MIXTURE, to * MIXTURE),
    weights: batches.weights.slice(from * MIXTURE, to * MIXTURE),
    targets: batches.targets.slice(from, to),
  };
}
