/** From what devices report to what is kept of a strategy: its points, its end, and what there is to warn of. */
import { evenlySpaced } from '../experiment/schedule.ts';
import { deadWarning } from '../labels/diagnostics.ts';
import type { EvaluationReport, RunContext, StrategyRun } from '../strategies/contract.ts';
import { balancedAccuracy } from './balanced.ts';
import type { Point, StrategyState } from './state.ts';
import { sessionText as text } from './words.ts';

/** Of a network that is not whole. */
const NOTHING_MEASURED: EvaluationReport = {
  accuracy: NaN,
  classAccuracy: [],
  loss: NaN,
  count: 0,
  nearestLabel: [],
  deadUnits: [],
  ms: 0,
};

/** What an evaluation says of a point. */
export type Scores = Pick<
  Point,
  | 'testAccuracy'
  | 'balancedAccuracy'
  | 'classAccuracy'
  | 'trainAccuracy'
  | 'testLoss'
  | 'nearestLabel'
  | 'deadUnits'
>;

/** On some test images and, if asked for, training images. Without all devices there is nothing to measure. */
export async function scored(
  run: StrategyRun,
  { data, experiment }: Pick<RunContext, 'data' | 'experiment'>,
  onTraining: boolean,
): Promise<Scores> {
  const of = (split: 'test' | 'train') =>
    unlessLost(run, () =>
      run.evaluate(split, evenlySpaced(data[split].count, experiment.test || data.test.count)),
    );
  const test = (await of('test')) ?? NOTHING_MEASURED;
  const train = onTraining ? ((await of('train')) ?? NOTHING_MEASURED) : null;
  return {
    testAccuracy: test.accuracy,
    balancedAccuracy: balancedAccuracy(test.classAccuracy),
    classAccuracy: test.classAccuracy,
    trainAccuracy: train?.accuracy ?? null,
    testLoss: test.loss,
    nearestLabel: test.nearestLabel,
    deadUnits: test.deadUnits,
  };
}

/** On all test images, at the end. Null without all devices. */
export const evaluatedAtEnd = (
  run: StrategyRun,
  { data }: Pick<RunContext, 'data'>,
): Promise<EvaluationReport | null> =>
  unlessLost(run, () => run.evaluate('test', evenlySpaced(data.test.count, 0)));

/** What is kept of that. */
export const finalOf = (report: EvaluationReport): NonNullable<StrategyState['final']> => ({
  accuracy: report.accuracy,
  balancedAccuracy: balancedAccuracy(report.classAccuracy),
  classAccuracy: report.classAccuracy,
  count: report.count,
  ...(report.nearestLabel.length > 0
    ? { nearestLabel: report.nearestLabel.map((share) => (Number.isNaN(share) ? null : share)) }
    : {}),
});

/** @param deadUnits Share of dead units at each cut. */
export const deadWarnings = (deadUnits: readonly number[]): readonly string[] =>
  deadUnits.flatMap((share, index) => {
    const warning = deadWarning(share);
    return warning ? [text.atCut(index, warning)] : [];
  });

/** Images trained on after so many steps. Only the last batch of an epoch is short, so whole epochs count exactly. */
export function samplesAfter(step: number, { data, experiment, plan }: RunContext): number {
  const { stepsPerEpoch } = plan;
  return Math.floor(step / stepsPerEpoch) * data.train.count + (step % stepsPerEpoch) * experiment.batch;
}

/** Null where a device is missing, before or all of a sudden. */
async function unlessLost<T>(run: StrategyRun, work: () => Promise<T>): Promise<T | null> {
  if (!run.whole) return null;
  try {
    return await work();
  } catch (error) {
    if (!run.whole) return null;
    throw error;
  }
}
