import { classShares, type ClassScore } from '../by-class.ts';
import type { EvaluationReport } from '../contract.ts';

/** Scores of several devices' shares of the images, as one report of a network without label vectors. */
export function scoreReport(scores: readonly ClassScore[], ms: number): EvaluationReport {
  const sum = (of: (score: ClassScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  const count = sum((score) => score.count);
  return {
    accuracy: sum(({ correct }) => correct) / count,
    classAccuracy: classShares(scores.map(({ byClass }) => byClass)),
    loss: sum(({ loss }) => loss) / count,
    count,
    nearestLabel: [],
    deadUnits: [],
    ms,
  };
}
