/** The lines of the charts, from the run at hand and the kept ones. */
import { useMemo, type RefObject } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { shapeOf as sizesOf } from '../../../session/derive.ts';
import type { Point, SessionState, StrategyState } from '../../../session/state.ts';
import { linesOf, sourceOf, type Axis, type Dot, type Line, type Quantity } from '../../charts/series.ts';
import { useChartView } from '../../charts/view.ts';
import { useKept } from '../../kept/kept.ts';
import { keptSources } from '../../kept/sources.ts';
import { useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { chartsText as text } from '../../text/charts.ts';

export interface Measured {
  readonly all: SessionState['strategies'];
  readonly axis: Axis;
  readonly lines: (quantities: readonly Quantity[]) => Line[];
}

/** What was measured so far, as often as its turn to be drawn comes. */
export function useMeasured(place: RefObject<Element | null>): Measured {
  const all = useMeasuredStrategies(place);
  const axis = useChartView((view) => view.axis);
  const runs = useKept((state) => state.runs);
  const kept = useMemo(() => keptSources(runs), [runs]);
  const sources = [
    ...Object.values(all).map((state) => sourceOf(state, STRATEGIES[state.id].label)),
    ...kept,
  ];
  return { all, axis, lines: (quantities) => linesOf(sources, axis, quantities) };
}

/** Each one function for good: by it a line's points are known again. */
export const of = {
  testAccuracy: (point: Point) => point.testAccuracy,
  balancedAccuracy: (point: Point) => point.balancedAccuracy,
  trainAccuracy: (point: Point) => point.trainAccuracy,
  testLoss: (point: Point) => point.testLoss,
  trainLoss: (point: Point) => point.trainLoss,
  throughput: (point: Point) => point.throughput,
};

export const accuracyLines = ({ all, lines }: Measured): Line[] =>
  lines([
    { suffix: '', of: of.testAccuracy },
    { suffix: text.onTraining, secondary: true, of: of.trainAccuracy },
  ]).map((line) => endingWith(line, all[line.owner as StrategyState['id']]?.final?.accuracy));

export const balancedLines = ({ all, lines }: Measured): Line[] =>
  lines([{ suffix: '', of: of.balancedAccuracy }]).map((line) =>
    endingWith(line, all[line.owner as StrategyState['id']]?.final?.balancedAccuracy),
  );

/** What is left to 100%: where curves are close together at its top, a logarithm shows them apart. */
export const errorLines = (measured: Measured): Line[] =>
  accuracyLines(measured).map((line) => ({ ...line, points: errorsOf(line.points) }));

const errors = new WeakMap<readonly Dot[], readonly Dot[]>();

/** The very same dots for the same ones. */
function errorsOf(points: readonly Dot[]): readonly Dot[] {
  const known = errors.get(points) ?? points.map(({ x, y }) => ({ x, y: 1 - y }));
  errors.set(points, known);
  return known;
}

const ended = new WeakMap<readonly Dot[], { readonly final: number; readonly points: readonly Dot[] }>();

/** A curve's last figure is the one on all test images. The very same dots for the same ones. */
export function endingWith(line: Line, final: number | undefined): Line {
  if (final === undefined || line.secondary) return line;
  const last = line.points[line.points.length - 1];
  // Where every turn looks at all of them, it is there already.
  if (last.y === final) return line;
  let known = ended.get(line.points);
  if (known?.final !== final) {
    known = { final, points: [...line.points, { x: last.x, y: final }] };
    ended.set(line.points, known);
  }
  return { ...line, points: known.points };
}

/** Where the run at hand will end; 0 where the axis does not say so before. */
export function useReach(axis: Axis): number {
  return useSession(({ stepsPerEpoch, totalSteps, recoverySteps, experiment, dataset }) => {
    const epochs = stepsPerEpoch > 0 ? (totalSteps + recoverySteps) / stepsPerEpoch : 0;
    if (axis === 'epochs') return epochs;
    return axis === 'samples' ? epochs * sizesOf(experiment, dataset).trainCount : 0;
  });
}

/** On how many images accuracy is measured: after each turn, and at the end. */
export const useTestCounts = () => {
  const all = useSession(({ experiment, dataset }) => sizesOf(experiment, dataset).testCount);
  const asked = useSession(({ experiment }) => experiment.test);
  return { all, looked: asked === 0 ? all : Math.min(asked, all) };
};

/** What stands where curves will be. */
export const useNothingYet = (): string =>
  useSession(({ status }) => (status === 'idle' ? text.empty : text.starting));
