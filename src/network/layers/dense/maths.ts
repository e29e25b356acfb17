/** Plain loops in double precision: the oracle of every engine. */
import type { LayerGradients, LayerParameters, Numbers } from '../layer.ts';
import { activate, slopeFromOutput } from '../../activations.ts';
import type { DenseSpec } from './spec.ts';

/** `y = activation(x · W + b)`. */
export function forward(
  { inputs, outputs, activation }: DenseSpec,
  { weights, bias }: LayerParameters,
  x: Numbers,
  batch: number,
): Float64Array {
  const y = new Float64Array(batch * outputs);
  for (let n = 0; n < batch; n++) {
    for (let j = 0; j < outputs; j++) {
      let sum = bias[j];
      for (let i = 0; i < inputs; i++) sum += x[n * inputs + i] * weights[i * outputs + j];
      y[n * outputs + j] = activate(activation, sum);
    }
  }
  return y;
}

/** With d = dy ⊙ activation′ `[batch, outputs]`: ∂W = xᵀ · d, ∂b = Σ_batch d, ∂x = d · Wᵀ. */
export function backward(
  { inputs, outputs, activation }: DenseSpec,
  { weights }: LayerParameters,
  x: Numbers,
  y: Numbers,
  dy: Numbers,
  batch: number,
): LayerGradients {
  const input = new Float64Array(batch * inputs);
  const gradient = new Float64Array(inputs * outputs);
  const bias = new Float64Array(outputs);
  for (let n = 0; n < batch; n++) {
    for (let j = 0; j < outputs; j++) {
      const d = dy[n * outputs + j] * slopeFromOutput(activation, y[n * outputs + j]);
      bias[j] += d;
      for (let i = 0; i < inputs; i++) {
        gradient[i * outputs + j] += x[n * inputs + i] * d;
        input[n * inputs + i] += d * weights[i * outputs + j];
      }
    }
  }
  return { input, parameters: { weights: gradient, bias } };
}
