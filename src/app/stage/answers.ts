/** What the networks answer to the character at hand: asked in one place, shown in the drawing and in every row. */
import { create } from 'zustand';
import type { Prediction } from '../../analysis/serve.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';
import type { Shown } from '../asking/character.ts';

interface Answers {
  readonly shown: Shown | null;
  /** Settings that the networks are of: what others answered has no place in this drawing. */
  readonly plan: SessionState['plan'];
  readonly predictions: Readonly<Partial<Record<StrategyId, Prediction>>>;
  /** Those that have yet to train. */
  readonly untrained: readonly StrategyId[];
}

export const NO_ANSWERS: Answers = { shown: null, plan: null, predictions: {}, untrained: [] };

export const useAnswers = create<Answers>()(() => NO_ANSWERS);

/** The likeliest class and how sure the network is of it, 0 … 1. */
export function likeliest({ probabilities }: Pick<Prediction, 'probabilities'>): {
  readonly label: number;
  readonly probability: number;
} {
  const label = probabilities.indexOf(Math.max(...probabilities));
  return { label, probability: probabilities[label] };
}
