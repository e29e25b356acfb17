/**
 * Losses and their gradients: one thread per sample. scores[2n] is the sample's loss, scores[2n + 1] is 1 if it was
 * right; the host adds them up in double precision, in order, so that nothing depends on how steps are divided.
 */
import type { Activation } from '../../../network/spec.ts';
import { padded } from '../padding.ts';
import { float, keepingNan, nearestRow, slopeFunction, STEP } from './common.ts';

const HEADER = (gradient: boolean) => /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read> targets: array<u32>;
@group(1) @binding(2) var<storage, read_write> scores: array<f32>;
${gradient ? '@group(1) @binding(3) var<storage, read_write> dy: array<f32>;' : ''}
`;

/** Softmax cross-entropy; the first of equal logits wins. With `gradient`, dy = (softmax − onehot) · step.scale. */
export function softmaxCrossEntropy(classes: number, gradient: boolean): string {
  const stride = padded(classes);
  return /* wgsl */ `${HEADER(gradient)}${keepingNan('f32')}
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  let row = b * ${stride}u;
  var best = 0u;
  for (var j = 1u; j < ${classes}u; j++) { if (y[row + j] > y[row + best]) { best = j; } }
  let top = y[row + best];
  var sum = 0.0;
  for (var j = 0u; j < ${classes}u; j++) { sum += exp(y[row + j] - top); }
  let target_ = targets[b];
  var loss = log(sum) + top - y[row + target_];
  for (var j = 0u; j < ${classes}u; j++) { loss = nanOr(y[row + j], loss); }
  scores[2u * (step.first + b)] = loss;
  scores[2u * (step.first + b) + 1u] = select(0.0, 1.0, best == target_);
  ${
    gradient
      ? `for (var j = 0u; j < ${classes}u; j++) {
    dy[row + j] = (exp(y[row + j] - top) / sum - select(0.0, 1.0, j == target_)) * step.scale;
  }`
      : ''
  }
}`;
}

export interface LabelDistance {
  readonly width: number;
  readonly classes: number;
  /** Factor on the squared distance. */
  readonly scale: number;
  /** Activation of the layer that made y: dy already contains its derivative. */
  readonly activation: Activation;
  /** `train` writes dy; `score` finds the nearest label, which costs a product. */
  readonly for: 'train' | 'score';
}

/** Squared distance to the sample's label vector · scale. */
export function labelDistance({ width, classes, scale, activation, for: purpose }: LabelDistance): string {
  const stride = padded(width);
  const train = purpose === 'train';
  return /* wgsl */ `${HEADER(train)}
@group(1) @binding(${train ? 4 : 3}) var<storage, read> table: array<f32>;
${train ? slopeFunction(activation, 'f32') : nearestRow(width, classes)}
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  let row = b * ${stride}u;
  let label = targets[b] * ${width}u;
  var sum = 0.0;
  for (var j = 0u; j < ${width}u; j++) {
    let value = y[row + j];
    let difference = value - table[label + j];
    sum += difference * difference;
    ${train ? `dy[row + j] = ${float(2 * scale)} * difference * step.scale * slope(value);` : ''}
  }
  var right = 0.0;
  ${train ? '' : 'right = select(0.0, 1.0, nearest(b) == targets[b]);'}
  scores[2u * (step.first + b)] = ${float(scale)} * sum;
  scores[2u * (step.first + b) + 1u] = right;
}`;
}

/** dy ⊙= activation′(y), where ∂loss/∂y came from the next stage. */
export function seedGradient(width: number, activation: Activation): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read_write> dy: array<f32>;
${slopeFunction(activation, 'f32')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${width}u || id.y >= step.count) { return; }
  let at = id.y * ${padded(width)}u + id.x;
  dy[at] *= slope(y[at]);
}`;
}
