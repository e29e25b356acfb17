/** Whose turn it is. Modes take turns on one machine, so that each one's clock counts only its own work. */
import { ratesBetween, turnAt, type Turn } from '../experiment/schedule.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Plan } from '../experiment/plan.ts';

/** A learning rate that was set on the way. */
export interface RateChange {
  /** The first step that was taken with it, the same in every strategy. */
  readonly step: number;
  readonly rate: number;
}

/** How far a mode has come, in steps of training and then of recovery. */
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
  readonly rates: Float32Array;
}

/** The learning rate of a step: the one that was set last, at that step or before. */
export const rateOf = (changes: readonly RateChange[], step: number, first: number): number =>
  changes.findLast((change) => change.step <= step)?.rate ?? first;

/** The turn a mode takes next, or null where it has done all its epochs and recovery epochs. */
export function nextTurn({ phase, step }: Position, experiment: Experiment, plan: Plan): NextTurn | null {
  const { schedule, rate, recoveryRate } = experiment;
  if (phase === 'training') {
    const turn = turnAt(step, plan.stepsPerEpoch, experiment.turn, plan.totalSteps);
    if (turn) {
      return { phase, step, turn, rates: ratesBetween(schedule, rate, turn.from, turn.to, plan.totalSteps) };
    }
    return nextTurn({ phase: 'recovery', step: 0 }, experiment, plan);
  }
  const turn = turnAt(step, plan.stepsPerEpoch, experiment.turn, plan.recoverySteps);
  if (!turn) return null;
  return { phase, step, turn, rates: ratesBetween('constant', recoveryRate, turn.from, turn.to, 1) };
}

/** The one furthest behind goes next; among equals the first. */
export function furthestBehind<M>(modes: readonly M[], stepOf: (mode: M) => number): M | undefined {
  return modes.reduce<M | undefined>(
    (best, mode) => (best === undefined || stepOf(mode) < stepOf(best) ? mode : best),
    undefined,
  );
}
