import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';
import type { StageInput } from '../../engines/contract.ts';
import { FLOAT_BYTES } from '../../experiment/cost/stage.ts';
import { inputSize } from '../../network/layers/layers.ts';
import { progressReporter } from '../exchange/progress.ts';
import type { ExchangeTurnResult } from '../exchange/turn-result.ts';
import { learn } from '../heads/learn.ts';
import { imagesOf, type ImageFeed } from '../images.ts';

export interface LocalLossesTurn {
  readonly stage: string;
  /** Null on the last stage, which needs none. */
  readonly head: string | null;
  /** Ranks of all stages, in order. */
  readonly ranks: readonly number[];
  readonly batch: number;
  /** Steps that a stage may be behind the one before it. */
  readonly lag: number;
  readonly feed: ImageFeed;
  /** Classes of the turn's images in their order. */
  readonly targets: Uint8Array;
  /** Learning rate per step. */
  readonly learningRates: Float32Array;
}

/**
 * A stage's part of a turn: activations come from the stage before and go to the one behind; nothing comes back but that
 * a step is done, by which a stage knows how far it may run ahead. What each learns does not depend on that.
 */
export async function trainLocalLosses(
  context: RankContext,
  turn: LocalLossesTurn,
): Promise<ExchangeTurnResult> {
  const { ranks, batch, lag, feed, targets, learningRates } = turn;
  const headed = { body: context.stage(turn.stage), head: turn.head ? context.stage(turn.head) : null };
  const place = ranks.indexOf(context.rank);
  const before = place > 0 ? context.link(ranks[place - 1]) : null;
  const after = place < ranks.length - 1 ? context.link(ranks[place + 1]) : null;
  const order = imagesOf(feed, batch);
  const report = progressReporter(context);
  const steps = learningRates.length;
  const losses = new Float32Array(after ? 0 : steps);
  const started = now();
  let own = 0;

  const inputOf = async (from: number, to: number): Promise<StageInput> => {
    if (!before) return { kind: 'images', split: 'train', order: order.slice(from, to) };
    const [values] = await before.receive('forward');
    const given = { kind: 'activations', count: to - from, values: values as Float32Array } as const;
    return after ? given : { ...given, targets: targets.slice(from, to) };
  };

  // Activations that may have come before they are worked on.
  const waiting = before ? FLOAT_BYTES * lag * batch * inputSize(headed.body.spec.layers) : 0;
  const free = context.engine.hold('workspace', waiting);
  try {
    for (let step = 0; step < steps; step++) {
      await context.gate();
      if (after && step > lag) await after.receive('done');
      const [from, to] = [step * batch, Math.min((step + 1) * batch, order.length)];
      const loss = await learn(context, headed, {
        input: await inputOf(from, to),
        targets: targets.subarray(from, to),
        learningRate: learningRates[step],
        ...(after ? { onOutput: (values) => after.send('training', 'forward', [values]) } : {}),
      });
      before?.signal('done');
      if (!after) losses[step] = loss;
      own += loss / (to - from) / steps;
      report(step + 1, loss / (to - from));
    }
  } finally {
    free();
  }
  return { losses, own, clock: context.clock(started) };
}
