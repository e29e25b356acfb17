/** Signs that labels cannot work, as sentences a person can act on. */
import type { LabelTable } from './table.ts';
import type { Boundary } from './codes.ts';
import { labelsText as text } from './words.ts';

/** Two classes whose vectors are nearer than this share of the mean squared distance count as the same. */
const NEARLY = 0.01;

export interface DuplicateLabels {
  /** Pairs of classes with (nearly) the same vector, first class < second class. */
  readonly pairs: readonly (readonly [number, number])[];
  /** A warning, or `null` if every class has a vector of its own. */
  readonly message: string | null;
}

/**
 * Finds classes that no partition can tell apart because their vectors are (nearly) the same. Narrow boundaries and
 * discrete codes run out of different vectors.
 */
export function duplicateLabels(table: LabelTable): DuplicateLabels {
  const { classes, width, values } = table;
  const distances: number[] = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      let distance = 0;
      for (let i = 0; i < width; i++) distance += (values[a * width + i] - values[b * width + i]) ** 2;
      distances.push(distance);
    }
  }
  const limit = (NEARLY * distances.reduce((sum, distance) => sum + distance, 0)) / distances.length;
  const pairs: [number, number][] = [];
  let index = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) if (distances[index++] <= limit) pairs.push([a, b]);
  }
  if (pairs.length === 0) return { pairs, message: null };
  const [first, second] = pairs[0];
  return { pairs, message: text.duplicate(first, second, pairs.length - 1) };
}

/** Share of negative entries above which a ReLU boundary is pointed out. */
const OUT_OF_REACH = 0.01;

/** A warning if the boundary's activation cannot produce these labels, else `null`. */
export function unreachableLabels(table: LabelTable, boundary: Boundary): string | null {
  if (boundary === 'linear') return null;
  let negative = 0;
  for (const value of table.values) if (value < 0) negative++;
  const share = negative / table.values.length;
  if (share <= OUT_OF_REACH) return null;
  return text.unreachable(Math.round(100 * share));
}

/** Share of dead units above which the boundary is called dead. */
const DEAD = 0.9;

/**
 * Share of units that are 0 for every sample.
 * Units, not entries: a sparse code rightly leaves most entries at 0, but hardly a unit that no class uses.
 *
 * @param activations `[samples, width]`, the output of the layer before a cut.
 */
export function deadFraction(activations: ArrayLike<number>, width: number): number {
  if (width === 0 || activations.length === 0) return 0;
  const alive = new Uint8Array(width);
  for (let i = 0; i < activations.length; i++) if (activations[i] !== 0) alive[i % width] = 1;
  return 1 - alive.reduce((sum, unit) => sum + unit, 0) / width;
}

/** A warning if over 90% of the units at a cut are 0 for every sample, else `null`. */
export function deadBoundary(activations: ArrayLike<number>, width: number): string | null {
  return deadWarning(deadFraction(activations, width));
}

/** The same from the share of dead units, where that was measured elsewhere. */
export function deadWarning(fraction: number): string | null {
  return fraction <= DEAD ? null : text.dead(Math.floor(100 * fraction));
}
