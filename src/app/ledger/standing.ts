/** Two strategies beside each other: what the ledger says, from the first second of a run to its end. Pure. */
import type { MemoryByKind } from '../../engines/ledger.ts';
import { BASELINE, labelled, type StrategyId } from '../../experiment/strategies.ts';
import type { StrategyState } from '../../session/state.ts';
import type { CostEstimate } from '../../strategies/contract.ts';
import { heldBytes } from './images.ts';

export interface Pair {
  /** Who is judged: the strategy that trains on labels, else the second one ticked. */
  readonly who: StrategyId;
  /** Whom it is held against: conventional training, else the first one ticked. */
  readonly against: StrategyId;
}

/** Null where only one takes part. @param ids In the order in which they are listed. */
export function pairOf(ids: readonly StrategyId[]): Pair | null {
  const against = ids.includes(BASELINE) ? BASELINE : ids[0];
  const others = ids.filter((id) => id !== against);
  const who = labelled(others) ?? others[0];
  return who === undefined ? null : { who, against };
}

export interface Gap {
  /** Shares of 1, at the same epoch. */
  readonly mine: number;
  readonly other: number;
  /** Percentage points of test accuracy above the other. */
  readonly points: number;
  /** At which epoch both were measured; null once both have ended and all test images have been asked. */
  readonly epochs: number | null;
}

type Measured = Pick<StrategyState, 'final'> & {
  readonly points: readonly Pick<StrategyState['points'][number], 'step' | 'epochs' | 'testAccuracy'>[];
};

/**
 * At the last step that both have measured; null where there is none but the beginning. A joined network that misses a
 * part has no accuracy.
 */
export function gapOf(mine: Measured, other: Measured): Gap | null {
  if (mine.final && other.final) return between(mine.final.accuracy, other.final.accuracy, null);
  const measured = ({ points }: Measured) =>
    points.filter(({ step, testAccuracy }) => step > 0 && Number.isFinite(testAccuracy));
  const theirs = new Map(measured(other).map((point) => [point.step, point]));
  const last = measured(mine).findLast(({ step }) => theirs.has(step));
  return last ? between(last.testAccuracy, theirs.get(last.step)!.testAccuracy, last.epochs) : null;
}

const between = (mine: number, other: number, epochs: number | null): Gap => ({
  mine,
  other,
  points: Number((shown(mine) - shown(other)).toFixed(1)),
  epochs,
});

/** Test images that an accuracy is of: all where a strategy has ended, else so many as are asked at each look. */
export function imagesAsked(
  final: StrategyState['final'] | undefined,
  test: number,
  all: number | undefined,
): number | null {
  if (final) return final.count;
  if (all === undefined) return test > 0 ? test : null;
  return test > 0 ? Math.min(test, all) : all;
}

/** In percent as it stands on the screen, with one decimal: whoever subtracts finds the same points. */
const shown = (accuracy: number): number => Number((100 * accuracy).toFixed(1));

/** A word of judgement: by how many points a strategy may be behind for it. */
export const wordFor = (points: number): 'level' | 'close' | 'behind' | 'far' =>
  points >= -0.5 ? 'level' : points >= -2 ? 'close' : points >= -5 ? 'behind' : 'far';

/** What is known beyond chance that says nothing yet: one class is more frequent, and some are guessed. */
const LUCK = 0.05;

/** Whether neither of the two answers better than who always names one class: then being level is no merit. */
export const isChance = ({ mine, other }: Pick<Gap, 'mine' | 'other'>, classes: number): boolean =>
  Math.max(mine, other) <= 1 / classes + LUCK * (1 - 1 / classes);

/** Bytes that the fullest device held at most; before any device is there, by the closed forms. 0 where neither is known. */
export function fullest(
  devices: readonly { readonly memory: { readonly peakByKind: MemoryByKind } }[],
  costEstimate: CostEstimate | undefined,
  images: boolean,
): number {
  const measured = devices.map(({ memory }) => memory.peakByKind);
  const held = measured.length > 0 ? measured : (costEstimate?.devices ?? []).map(({ memory }) => memory);
  return Math.max(0, ...held.map((memory) => heldBytes(memory, images)));
}

/** Bytes that its devices sent each other so that training could go on. */
export const sentToTrain = ({
  devices,
}: {
  readonly devices: readonly Pick<StrategyState['devices'][number], 'sent'>[];
}): number => devices.reduce((sum, { sent }) => sum + sent.training.bytes, 0);
