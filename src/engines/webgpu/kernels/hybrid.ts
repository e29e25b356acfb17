/**
 * Distance to the class's label vector and cross-entropy over the distances to all of them, in three kernels: a thread
 * per sample alone would go through the whole table one number after the other.
 */
import type { Activation } from '../../../network/spec.ts';
import type { LabelLoss } from '../../../network/reference.ts';
import { padded } from '../padding.ts';
import { float, slopeFunction, STEP } from './common.ts';

export interface HybridShape extends LabelLoss {
  readonly width: number;
  readonly classes: number;
  /** Activation of the layer that made y: dy already contains its derivative. */
  readonly activation: Activation;
}

/** distances[b, c] = |y[b] − table[c]|². One thread per number. */
export function classDistances({ width, classes }: HybridShape): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read> table: array<f32>;
@group(1) @binding(2) var<storage, read_write> distances: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x;
  let b = id.y;
  if (c >= ${classes}u || b >= step.count) { return; }
  var sum = 0.0;
  for (var j = 0u; j < ${width}u; j++) {
    let difference = y[b * ${padded(width)}u + j] - table[c * ${width}u + j];
    sum += difference * difference;
  }
  distances[b * ${classes}u + c] = sum;
}`;
}

/**
 * scores = scale · distance of the target − weight · log softmax(−sharpness · distances)[target], and whether the target
 * is the nearest, the first of equals winning. Distances become ∂scores/∂(−distance) · step.scale of the second part.
 */
export function hybridScore({ classes, scale, weight, sharpness }: HybridShape): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> targets: array<u32>;
@group(1) @binding(1) var<storage, read_write> scores: array<f32>;
@group(1) @binding(2) var<storage, read_write> distances: array<f32>;
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  let row = b * ${classes}u;
  var best = 0u;
  for (var c = 1u; c < ${classes}u; c++) { if (distances[row + c] < distances[row + best]) { best = c; } }
  let least = distances[row + best];
  let own = targets[b];
  let behind = ${float(sharpness)} * (distances[row + own] - least);
  let near = ${float(scale)} * distances[row + own];
  var sum = 0.0;
  for (var c = 0u; c < ${classes}u; c++) {
    let share = exp(${float(sharpness)} * (least - distances[row + c]));
    distances[row + c] = share;
    sum += share;
  }
  for (var c = 0u; c < ${classes}u; c++) {
    let share = distances[row + c] / sum - select(0.0, 1.0, c == own);
    distances[row + c] = ${float(weight * sharpness)} * step.scale * share;
  }
  scores[2u * (step.first + b)] = near + ${float(weight)} * (log(sum) + behind);
  scores[2u * (step.first + b) + 1u] = select(0.0, 1.0, best == own);
}`;
}

/** dy = 2 · (scale · step.scale · (y − table[target]) + Σ shares[c] · table[c]) ⊙ activation′(y). One thread per unit. */
export function hybridGradient({ width, classes, scale, activation }: HybridShape): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read> targets: array<u32>;
@group(1) @binding(2) var<storage, read> table: array<f32>;
@group(1) @binding(3) var<storage, read> shares: array<f32>;
@group(1) @binding(4) var<storage, read_write> dy: array<f32>;
${slopeFunction(activation, 'f32')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let j = id.x;
  let b = id.y;
  if (j >= ${width}u || b >= step.count) { return; }
  let at = b * ${padded(width)}u + j;
  var sum = ${float(scale)} * step.scale * (y[at] - table[targets[b] * ${width}u + j]);
  for (var c = 0u; c < ${classes}u; c++) {
    sum += shares[b * ${classes}u + c] * table[c * ${width}u + j];
  }
  dy[at] = 2.0 * sum * slope(y[at]);
}`;
}
