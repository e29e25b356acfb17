/** Where the names of lines stand at their ends: beside each other's, in the order of the ends, never upon each other. */

/**
 * @param wanted Where each name's middle would be, in pixels from the top.
 * @param room Height of all and of one name.
 * @returns Where it is, in the same order. More names than there is room for stand closer.
 */
export function placeLabels(
  wanted: readonly number[],
  { height, row }: { readonly height: number; readonly row: number },
): number[] {
  const apart = Math.min(row, height / Math.max(1, wanted.length));
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b] || a - b);
  // Downwards, each at least one row below the one before; then upwards from the bottom, as far as they were pushed.
  const places = order.map((index) => Math.max(apart / 2, wanted[index]));
  for (let i = 1; i < places.length; i++) places[i] = Math.max(places[i], places[i - 1] + apart);
  for (let i = places.length - 1; i >= 0; i--) {
    const most = i === places.length - 1 ? height - apart / 2 : places[i + 1] - apart;
    places[i] = Math.min(places[i], most);
  }
  const placed = wanted.map(() => 0);
  order.forEach((index, i) => (placed[index] = places[i]));
  return placed;
}
