/**
 * Layer normalisation: y = x̂ · scale + shift over a row, x̂ = (x − mean) / √(variance + ε). A thread a sample, and in the
 * parameters' gradient a thread a unit; there is no barrier. What forward found of each sample, mean and
 * 1 / √(variance + ε), is kept for backward, two floats a sample.
 */
import type { Activation } from '../../../network/activations.ts';
import { LAYER_NORM_EPSILON } from '../../../network/layers/layer-norm/spec.ts';
import { padded } from '../padding.ts';
import { float, slopeFunction, STEP } from './common.ts';
import { sinkBindings, sinkFunction, type Sink } from './optimizer.ts';
import type { ProductKernel } from './tile.ts';

export interface NormShape {
  readonly width: number;
  /** Where scale and, after it, shift begin in the flat parameters, in floats. */
  readonly at: number;
}

const perSample = (count: number) => [count, 1] as const;

export function normForward({ width, at }: NormShape): ProductKernel {
  const code = /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> x: array<f32>;
@group(1) @binding(1) var<storage, read> p: array<f32>;
@group(1) @binding(2) var<storage, read_write> y: array<f32>;
@group(1) @binding(7) var<storage, read_write> kept: array<f32>;
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  let row = b * ${padded(width)}u;
  var sum = 0.0;
  for (var j = 0u; j < ${width}u; j++) { sum += x[row + j]; }
  let mean = sum / ${float(width)};
  var squares = 0.0;
  for (var j = 0u; j < ${width}u; j++) {
    let difference = x[row + j] - mean;
    squares += difference * difference;
  }
  let inverse = 1.0 / sqrt(squares / ${float(width)} + ${float(LAYER_NORM_EPSILON)});
  for (var j = 0u; j < ${width}u; j++) {
    y[row + j] = (x[row + j] - mean) * inverse * p[${at}u + j] + p[${at + width}u + j];
  }
  kept[2u * b] = mean;
  kept[2u * b + 1u] = inverse;
}`;
  return { code, threads: perSample };
}

/** dX = (g − mean(g) − x̂ · mean(g ⊙ x̂)) / √(variance + ε) ⊙ activation′(X), g = dY ⊙ scale. */
export function normInputGradient({ width, at }: NormShape, below: Activation): ProductKernel {
  const code = /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> dy: array<f32>;
@group(1) @binding(1) var<storage, read> p: array<f32>;
@group(1) @binding(2) var<storage, read> x: array<f32>;
@group(1) @binding(3) var<storage, read_write> dx: array<f32>;
@group(1) @binding(7) var<storage, read> kept: array<f32>;
${slopeFunction(below, 'f32')}
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  let row = b * ${padded(width)}u;
  let mean = kept[2u * b];
  let inverse = kept[2u * b + 1u];
  var sum = 0.0;
  var product = 0.0;
  for (var j = 0u; j < ${width}u; j++) {
    let g = dy[row + j] * p[${at}u + j];
    sum += g;
    product += g * (x[row + j] - mean) * inverse;
  }
  sum /= ${float(width)};
  product /= ${float(width)};
  for (var j = 0u; j < ${width}u; j++) {
    let normal = (x[row + j] - mean) * inverse;
    let g = dy[row + j] * p[${at}u + j];
    dx[row + j] = (g - sum - normal * product) * inverse * slope(x[row + j]);
  }
}`;
  return { code, threads: perSample };
}

/** ∂scale = Σ_batch dY ⊙ x̂, ∂shift = Σ_batch dY. */
export function normGradient({ width, at }: NormShape, sink: Sink): ProductKernel {
  const code = /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> x: array<f32>;
@group(1) @binding(1) var<storage, read> dy: array<f32>;
@group(1) @binding(7) var<storage, read> kept: array<f32>;
${sinkBindings(sink, 'f32')}
${sinkFunction(sink, 'f32')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let j = id.x;
  if (j >= ${width}u) { return; }
  var scale = 0.0;
  var shift = 0.0;
  for (var b = 0u; b < step.count; b++) {
    let at = b * ${padded(width)}u + j;
    scale += dy[at] * (x[at] - kept[2u * b]) * kept[2u * b + 1u];
    shift += dy[at];
  }
  take(${at}u + j, scale);
  take(${at + width}u + j, shift);
}`;
  return { code, threads: () => [width, 1] };
}
