/** Whose turn it is. Strategies take turns on one machine, so that each one's clock counts only its own work. */
import { learningRatesBetween, turnAt, type Turn } from '../experiment/schedule.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Plan } from '../experiment/plan.ts';

/** A learning rate that was set on the way. */
export interface LearningRateChange {
  /** The first step that was taken with it, the same in every strategy. */
  readonly step: number;
  readonly learningRate: number;
}

/** How far a strategy has come, in steps of training and then of recovery. */
export interface Position {
  readonly phase: 'training' | 'recovery';
  /** Within the phase. */
  readonly step: number;
}

export const START: Position = { phase: 'training', step: 0 };

/** Steps since the very start. */
export function absoluteStep({ phase, step }: Position, plan: Plan): number {
  return phase === 'recovery' ? plan.totalSteps + step : step;
}

export interface NextTurn extends Position {
  readonly turn: Turn;
  /** Before the schedule. */
  readonly learningRate: number;
  readonly learningRates: Float32Array;
}

/** The learning rate of a step: the one that was set last, at that step or before. */
export const learningRateOf = (changes: readonly LearningRateChange[], step: number, first: number): number =>
  changes.findLast((change) => change.step <= step)?.learningRate ?? first;

/** The turn a strategy takes next, or null where it has done all its epochs and recovery epochs. */
export function nextTurn({ phase, step }: Position, experiment: Experiment, plan: Plan): NextTurn | null {
  const { schedule, learningRate, recoveryLearningRate } = experiment;
  if (phase === 'training') {
    const turn = turnAt(step, plan.stepsPerEpoch, experiment.turn, plan.totalSteps);
    if (turn) {
      return {
        phase,
        step,
        turn,
        learningRate,
        learningRates: learningRatesBetween(schedule, learningRate, turn.from, turn.to, plan.totalSteps),
      };
    }
    return nextTurn({ phase: 'recovery', step: 0 }, experiment, plan);
  }
  const turn = turnAt(step, plan.stepsPerEpoch, experiment.turn, plan.recoverySteps);
  if (!turn) return null;
  return {
    phase,
    step,
    turn,
    learningRate: recoveryLearningRate,
    learningRates: learningRatesBetween('constant', recoveryLearningRate, turn.from, turn.to, 1),
  };
}

/** The one furthest behind goes next; among equals the first. */
export function furthestBehind<M>(strategies: readonly M[], stepOf: (strategy: M) => number): M | undefined {
  return strategies.reduce<M | undefined>(
    (best, strategy) => (best === undefined || stepOf(strategy) < stepOf(best) ? strategy : best),
    undefined,
  );
}
