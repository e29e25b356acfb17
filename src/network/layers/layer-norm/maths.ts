/** Plain loops in double precision: the oracle of every engine. */
import type { LayerGradients, LayerParameters, Numbers } from '../layer.ts';
import { LAYER_NORM_EPSILON, type LayerNormSpec } from './spec.ts';

/** Mean of a row and 1 / √(variance + ε). */
function statistics(row: Numbers): { mean: number; inverse: number } {
  let mean = 0;
  for (const value of row) mean += value / row.length;
  let variance = 0;
  for (const value of row) variance += (value - mean) ** 2 / row.length;
  return { mean, inverse: 1 / Math.sqrt(variance + LAYER_NORM_EPSILON) };
}

/** `y = x̂ · scale + shift`, x̂ = (x − mean) / √(variance + ε). */
export function forward(
  { width }: LayerNormSpec,
  { scale, shift }: LayerParameters,
  x: Numbers,
  batch: number,
): Float64Array {
  const y = new Float64Array(batch * width);
  for (let n = 0; n < batch; n++) {
    const row = x.subarray(n * width, (n + 1) * width);
    const { mean, inverse } = statistics(row);
    for (let j = 0; j < width; j++) y[n * width + j] = (row[j] - mean) * inverse * scale[j] + shift[j];
  }
  return y;
}

/**
 * With g = dy ⊙ scale: ∂x = (g − mean(g) − x̂ · mean(g ⊙ x̂)) / √(variance + ε), ∂scale = Σ_batch dy ⊙ x̂,
 * ∂shift = Σ_batch dy.
 */
export function backward(
  { width }: LayerNormSpec,
  { scale: scales }: LayerParameters,
  x: Numbers,
  _: Numbers,
  dy: Numbers,
  batch: number,
): LayerGradients {
  const input = new Float64Array(batch * width);
  const scale = new Float64Array(width);
  const shift = new Float64Array(width);
  for (let n = 0; n < batch; n++) {
    const row = x.subarray(n * width, (n + 1) * width);
    const { mean, inverse } = statistics(row);
    const normal = Float64Array.from(row, (value) => (value - mean) * inverse);
    let meanG = 0;
    let meanGx = 0;
    for (let j = 0; j < width; j++) {
      const d = dy[n * width + j];
      scale[j] += d * normal[j];
      shift[j] += d;
      meanG += (d * scales[j]) / width;
      meanGx += (d * scales[j] * normal[j]) / width;
    }
    for (let j = 0; j < width; j++) {
      input[n * width + j] = (dy[n * width + j] * scales[j] - meanG - normal[j] * meanGx) * inverse;
    }
  }
  return { input, parameters: { scale, shift } };
}
