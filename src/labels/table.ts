/** What a table of synthetic intermediate labels is: one vector per class, for one cut. */

/** Label vectors of one cut: `values` is `[classes, width]`, row-major. */
export interface LabelTable {
  readonly classes: number;
  readonly width: number;
  readonly values: Float32Array<ArrayBuffer>;
}

/** Root mean square over all entries of a table: the natural unit for noise. */
export function rms(table: { readonly values: ArrayLike<number> }): number {
  const { values } = table;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return values.length === 0 ? 0 : Math.sqrt(sum / values.length);
}

/**
 * Standard deviation of the noise later partitions add to their inputs.
 *
 * @param noise The experiment's `noise`: a multiple of the labels' rms, so that it means the same for every code and scale.
 */
export function noiseSigma(table: LabelTable, noise: number): number {
  return noise * rms(table);
}
