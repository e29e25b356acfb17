/** Between weight panels and the row-major order in which parameters travel. */

/**
 * Copies `count` rows `[count][outputs]` into panels, or out of them.
 *
 * @param w The first of the rows in the first panel; panels lie `panelBytes` apart.
 * @param rows Row-major, contiguous.
 */
export function copyPanels(
  w: usize,
  panelBytes: usize,
  rows: usize,
  outputs: i32,
  count: i32,
  into: i32,
): void {
  const rowBytes = (<usize>outputs) << 2;
  for (let first = 0; first < outputs; first += 8, w += panelBytes, rows += 32) {
    let panel = w;
    let row = rows;
    const wide = outputs - first >= 8;
    for (let i = 0; i < count; i++, panel += 32, row += rowBytes) {
      const from = into ? row : panel;
      const to = into ? panel : row;
      if (wide) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let j: usize = 0; j < (<usize>(outputs - first)) << 2; j += 4) {
          store<f32>(to + j, load<f32>(from + j));
        }
      }
    }
  }
}
