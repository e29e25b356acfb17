/** Changes to a list of cuts: each cut is the number of the hidden layer it follows, in rising order. */

/** One more cut, in the middle of the longest run of layers. */
export function withAnother(cuts: readonly number[], layers: number): number[] {
  const bounds = [0, ...cuts, layers + 1];
  let widest = 0;
  for (let i = 1; i < bounds.length - 1; i++) {
    if (bounds[i + 1] - bounds[i] > bounds[widest + 1] - bounds[widest]) widest = i;
  }
  const added = Math.floor((bounds[widest] + bounds[widest + 1]) / 2);
  return withCut(cuts, Math.max(1, added));
}

/** One more cut after this layer. */
export const withCut = (cuts: readonly number[], after: number): number[] =>
  [...new Set([...cuts, after])].sort((a, b) => a - b);

export const withoutCut = (cuts: readonly number[], index: number): number[] =>
  cuts.filter((_, other) => other !== index);

/** Layers that could be cut after, and are not. */
export const freePlaces = (cuts: readonly number[], layers: number): number[] =>
  Array.from({ length: layers }, (_, index) => index + 1).filter((after) => !cuts.includes(after));
