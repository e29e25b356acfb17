/** What is worth trying after a run, by what was seen. Pure: results in, one change of settings out. */
import type { Experiment } from '../../experiment/experiment.ts';
import { BASELINE, labelled, type StrategyId } from '../../experiment/strategies.ts';
import { wordFor } from './standing.ts';

export type NextId =
  | 'compare'
  | 'labels'
  | 'cut'
  | 'slower'
  | 'uneven'
  | 'later'
  | 'sparse'
  | 'recovery'
  | 'earlier'
  | 'pieces'
  | 'pipeline'
  | 'seed';

export interface Next {
  readonly id: NextId;
  /** Settings that differ from the run's. */
  readonly change: Partial<Experiment>;
}

/** A first cut from this hidden layer on costs little: the layers before it learn their labels. */
const LATE_ENOUGH = 3;

/** Labels that few layers can learn. */
const EASIEST: Experiment['code'] = ['sparse'];
/** Whom it is worth seeing beside SIL: as many devices, and messages all the time. */
const RIVAL: StrategyId = 'pipeline';

/** A learning rate at which steps are seldom too long. */
const FASTEST = 0.01;

type Tried = Pick<
  Experiment,
  'learningRate' | 'strategies' | 'layers' | 'cuts' | 'code' | 'recovery' | 'seed'
>;

/**
 * @param tried Settings of the run.
 * @param points By how many percentage points of test accuracy who is judged is above whom it is held against; null
 *   where that is not known.
 * @param seen `uneven`: whether some classes have far fewer images than others, and nothing balances them; `chance`:
 *   whether neither of the two has learned anything.
 * @returns Null where nothing follows from what is known.
 */
export function nextAfter(
  tried: Tried,
  points: number | null,
  { uneven = false, chance = false }: { readonly uneven?: boolean; readonly chance?: boolean } = {},
): Next | null {
  const { strategies, layers, cuts, code, recovery, seed, learningRate } = tried;
  const sil = labelled(strategies);
  if (sil === undefined) return { id: 'labels', change: { strategies: [...strategies, 'sil'] } };
  if (!strategies.includes(BASELINE))
    return { id: 'compare', change: { strategies: [BASELINE, ...strategies] } };
  if (points === null) return null;
  if (chance && learningRate > FASTEST) return { id: 'slower', change: { learningRate: learningRate / 10 } };
  if (cuts.length === 0) return { id: 'cut', change: { cuts: [Math.ceil(layers.length / 2)] } };
  // Before anything else: what rare classes lose is not lost to the cut.
  if (uneven) return { id: 'uneven', change: { balance: 'sampling' } };
  const word = wordFor(points);
  const [first] = cuts;
  if (word === 'behind' || word === 'far') {
    const later = cuts.map((cut) => cut + 1);
    if (first < LATE_ENOUGH && later.at(-1)! <= layers.length)
      return { id: 'later', change: { cuts: later } };
    if (code.some((one) => !EASIEST.includes(one))) return { id: 'sparse', change: { code: EASIEST } };
    if (recovery === 0) return { id: 'recovery', change: { recovery: 1 } };
    return { id: 'seed', change: { seed: seed + 1 } };
  }
  if (first > 1) return { id: 'earlier', change: { cuts: [first - 1, ...cuts.slice(1)] } };
  const all = layers.map((_, index) => index + 1);
  if (cuts.length < all.length - 1) return { id: 'pieces', change: { cuts: all.slice(0, -1) } };
  if (!strategies.includes(RIVAL)) return { id: 'pipeline', change: { strategies: [...strategies, RIVAL] } };
  return { id: 'seed', change: { seed: seed + 1 } };
}
