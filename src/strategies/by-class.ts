/** Accuracy by class: counted where the answers are, put together on the page. */
import { classesOf } from '../engines/ends.ts';
import type { Objective, Score } from '../engines/contract.ts';

/** Images of each class, and those that were answered right, `[classes]` each. */
export interface ByClass {
  readonly seen: Uint32Array;
  readonly right: Uint32Array;
}

export interface ClassScore extends Score {
  readonly byClass: ByClass;
}

export function noneByClass(objective: Objective | null): ByClass {
  const classes = objective ? classesOf(objective) : 0;
  return { seen: new Uint32Array(classes), right: new Uint32Array(classes) };
}

/**
 * Counts samples by the class that they are of.
 *
 * @param logits `[n, classes]`; the first of equal ones wins, as in an engine's own count.
 */
export function tally({ seen, right }: ByClass, logits: Float32Array, targets: Uint8Array): void {
  const classes = seen.length;
  targets.forEach((target, n) => {
    const row = n * classes;
    let best = 0;
    for (let j = 1; j < classes; j++) if (logits[row + j] > logits[row + best]) best = j;
    seen[target]++;
    if (best === target) right[target]++;
  });
}

/** What several devices counted, as a share of right answers by class; null for classes that were not seen. */
export function classShares(counted: readonly ByClass[]): (number | null)[] {
  const sum = (of: keyof ByClass, label: number) => counted.reduce((total, one) => total + one[of][label], 0);
  return Array.from({ length: counted[0]?.seen.length ?? 0 }, (_, label) => {
    const seen = sum('seen', label);
    return seen > 0 ? sum('right', label) / seen : null;
  });
}
