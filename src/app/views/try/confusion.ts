/** What predictions amount to. */

/** Counts `[classes, classes]`: rows are true classes, columns predictions. */
export function confusion(truth: Uint8Array, predicted: Uint8Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes * classes);
  predicted.forEach((seen, n) => counts[truth[n] * classes + seen]++);
  return counts;
}

/** Share of a class's images that are predicted right; null where there are none. */
export function perClass(counts: Uint32Array, classes: number): (number | null)[] {
  return Array.from({ length: classes }, (_, label) => {
    const row = counts.subarray(label * classes, (label + 1) * classes);
    const all = row.reduce((sum, count) => sum + count, 0);
    return all === 0 ? null : row[label] / all;
  });
}

export interface Mistake {
  readonly truth: number;
  readonly seen: number;
  readonly times: number;
}

/** Mistakes, the most frequent first; among equals in the order of the classes. */
export function worst(counts: Uint32Array, classes: number): Mistake[] {
  const made: Mistake[] = [];
  counts.forEach((times, at) => {
    const [truth, seen] = [Math.floor(at / classes), at % classes];
    if (truth !== seen && times > 0) made.push({ truth, seen, times });
  });
  return made.sort((a, b) => b.times - a.times);
}

/** Classes of the most frequent mistakes, so many at most, in their own order. */
export function mostConfused(counts: Uint32Array, classes: number, most: number): number[] {
  const found = new Set<number>();
  for (const { truth, seen } of worst(counts, classes))
    for (const label of [truth, seen]) if (found.size < most) found.add(label);
  return [...found].sort((a, b) => a - b);
}

/** The part of the counts that is about these classes alone, in their order. */
export const among = (counts: Uint32Array, classes: number, chosen: readonly number[]): Uint32Array =>
  Uint32Array.from(chosen.flatMap((truth) => chosen.map((seen) => counts[truth * classes + seen])));

/** Images that one network gets wrong, and another, if there is one, right. */
export function mistakes(truth: Uint8Array, wrong: Uint8Array, right: Uint8Array | null): number[] {
  const found: number[] = [];
  wrong.forEach((seen, n) => {
    if (seen !== truth[n] && (right === null || right[n] === truth[n])) found.push(n);
  });
  return found;
}
