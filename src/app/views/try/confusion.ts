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

/** The mistake made most often; null without any. */
export function worst(
  counts: Uint32Array,
  classes: number,
): { readonly truth: number; readonly seen: number; readonly times: number } | null {
  let at = -1;
  counts.forEach((count, index) => {
    const mistake = Math.floor(index / classes) !== index % classes;
    if (mistake && count > (at < 0 ? 0 : counts[at])) at = index;
  });
  return at < 0 ? null : { truth: Math.floor(at / classes), seen: at % classes, times: counts[at] };
}

/** Images that one network gets wrong, and another, if there is one, right. */
export function mistakes(truth: Uint8Array, wrong: Uint8Array, right: Uint8Array | null): number[] {
  const found: number[] = [];
  wrong.forEach((seen, n) => {
    if (seen !== truth[n] && (right === null || right[n] === truth[n])) found.push(n);
  });
  return found;
}
