/** How large a cut's answers are beside the labels that they should be. */

/**
 * Per class, the norm of an answer over the norm of its label, the mean over the class's answers; null for classes without
 * any. Below 1 answers shrink towards the middle of all labels, and fall to their neighbours.
 *
 * @param answers `[count, width]`, @param classes `[count]`, @param table Label vectors `[classes, width]`.
 */
export function sizesByClass(
  answers: Float32Array,
  classes: Uint8Array,
  table: Float32Array,
  width: number,
): (number | null)[] {
  const count = table.length / width;
  const [sums, seen] = [new Float64Array(count), new Uint32Array(count)];
  classes.forEach((label, n) => {
    sums[label] += Math.hypot(...answers.subarray(n * width, (n + 1) * width));
    seen[label]++;
  });
  return Array.from(sums, (sum, label) => {
    const norm = Math.hypot(...table.subarray(label * width, (label + 1) * width));
    return seen[label] > 0 && norm > 0 ? sum / seen[label] / norm : null;
  });
}
