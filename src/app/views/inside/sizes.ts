/** What is said of a number by class. */

/** Classes with the fewest images first. */
export const rarestFirst = (counts: ArrayLike<number>): number[] =>
  Array.from(counts, (_, label) => label).sort((a, b) => counts[a] - counts[b]);

/** Means over the rarest quarter of the classes and over the others; null where one of them has nothing. */
export function rareAndRest(
  values: readonly (number | null)[],
  order: readonly number[],
): { readonly rare: number; readonly rest: number } | null {
  const quarter = Math.ceil(order.length / 4);
  const mean = (labels: readonly number[]) => {
    const known = labels.map((label) => values[label] ?? NaN).filter(Number.isFinite);
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const found = { rare: mean(order.slice(0, quarter)), rest: mean(order.slice(quarter)) };
  return Number.isNaN(found.rare + found.rest) ? null : found;
}
