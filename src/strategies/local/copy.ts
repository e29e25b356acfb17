/**
 * A throw-away copy of the first part, made by a device that trains on what it gives: the first part's own first steps,
 * taken once more, so that nothing is sent.
 */
import { learningRatesBetween, turnAt } from '../../experiment/schedule.ts';
import type { Plan } from '../../experiment/plan.ts';
import { imageFeed } from '../balance.ts';
import type { RunContext } from '../contract.ts';
import type { Feed } from './train.ts';

/** Steps `0 … steps − 1` of the first part: what each piece of them trains on, and its learning rates. */
export function* firstSteps(
  context: RunContext,
  steps: number,
): Generator<{ readonly feed: Feed; readonly learningRates: Float32Array }> {
  const { stepsPerEpoch, totalSteps }: Plan = context.plan;
  const { schedule, learningRate } = context.experiment;
  for (let from = 0; from < steps;) {
    const turn = turnAt(from, stepsPerEpoch, 0, steps)!;
    yield {
      feed: { kind: 'images', ...imageFeed(context, turn, turn.epoch) },
      learningRates: learningRatesBetween(schedule, learningRate, turn.from, turn.to, totalSteps),
    };
    from = turn.to;
  }
}
