/** Who does the work: what parts of the method reach without the others, beside what they reach together. */
import { madeFront, type Plan } from '../experiment/plan.ts';
import { CONTROLS, ofLabels, STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import type { Point, StrategyState } from './state.ts';

/**
 * - `first`: the first partition alone, which answers with the class of the nearest label at its cut
 * - `frozen`: the layers behind the first cut, trained on a front that stays as it began: at random, or as what stands at the
 *   cut and nobody learns, so that it is the last part with images alone
 */
export type ControlId = 'first' | 'frozen';

export interface Controls {
  /** Accuracies, 0 … 1; null until they are known. */
  readonly alone: Readonly<Record<ControlId, number | null>>;
  /** Of the network put together from the parts. */
  readonly joined: number | null;
  /** Of conventional training that begins with the features the first partition learns: what they are worth by themselves. */
  readonly twin: number | null;
}

/** Whether the control with a frozen front is the last part alone: its front is made of what stands at the cut. */
export const lastAlone = (plan: Pick<Plan, 'cuts'> | null): boolean =>
  plan !== null && madeFront(plan) !== null;

/**
 * Whether the last part makes what stands at the first cut by itself, and no control tells how much it does with it: more than
 * one layer comes before the cut.
 */
export const untold = (plan: Pick<Plan, 'cuts'> | null): boolean =>
  plan !== null && plan.cuts.length > 0 && plan.cuts[0].targets !== 'codes' && madeFront(plan) === null;

/** Whether features stand at the first cut: conventional training can begin with them. */
export const hasFeatures = (plan: Pick<Plan, 'cuts'> | null): boolean =>
  plan?.cuts[0]?.targets === 'features';

/** Controls that must train for themselves, and say something of a network with these cuts. */
export const controlsFor = (plan: Pick<Plan, 'cuts'>): readonly StrategyId[] =>
  CONTROLS.filter((id) => (STRATEGIES[id].control === 'cut' ? plan.cuts.length > 0 : hasFeatures(plan)));

/** Two accuracies that are as good as one, as a share of 1: half a percentage point. */
const SAME = 0.005;

type Seen = Pick<StrategyState, 'final'> & {
  readonly points: readonly Pick<Point, 'phase' | 'testAccuracy' | 'nearestLabel'>[];
};

/**
 * Null where nobody trains on labels at a cut. Figures are the final ones, or the newest while training goes on. Where
 * recovery epochs follow, those from before them: what the whole network learns then is no work of parts.
 */
export function controlsOf(strategies: { readonly [Id in StrategyId]?: Seen }): Controls | null {
  const labelled = ofLabels(strategies);
  if (!labelled) return null;
  const { final, points } = labelled;
  // Once they are one network its parts cannot be told apart any more.
  const apart = points.findLast(({ nearestLabel }) => nearestLabel.length > 0);
  if (!apart) return null;
  const recovers = points.at(-1)?.phase === 'recovery';
  const first = final?.nearestLabel ? final.nearestLabel[0] : apart.nearestLabel[0];
  const newest = (seen: Seen | undefined) =>
    (recovers ? null : seen?.final?.accuracy) ??
    seen?.points.findLast(({ phase }) => phase === 'training')?.testAccuracy ??
    null;
  return {
    alone: {
      // Where features stand at the first cut, the first part gives no answer of its own.
      first: apart.phase === 'start' || first === null || Number.isNaN(first) ? null : first,
      frozen: newest(strategies.frozen),
    },
    joined: newest(labelled),
    twin: newest(strategies.twin),
  };
}

/** Controls that reach as much as all parts together. */
export function equalTo({ alone, joined }: Controls): ControlId[] {
  if (joined === null) return [];
  const ids = Object.keys(alone) as ControlId[];
  return ids.filter((id) => alone[id] !== null && Math.abs(alone[id] - joined) <= SAME);
}
