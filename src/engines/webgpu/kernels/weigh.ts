/** Weights of classes: after an objective has left a sample's loss and its gradient, whatever objective it is. */
import { padded } from '../padding.ts';
import { STEP } from './common.ts';

/**
 * scores[2n] and, with `gradient`, dy[b, ·] times weights[targets[b]], n = step.first + b. One thread per unit of dy;
 * without it one per sample.
 */
export function weigh(width: number, gradient: boolean): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> weights: array<f32>;
@group(1) @binding(1) var<storage, read> targets: array<u32>;
@group(1) @binding(2) var<storage, read_write> scores: array<f32>;
${gradient ? '@group(1) @binding(3) var<storage, read_write> dy: array<f32>;' : ''}

@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let unit = id.x;
  let b = id.y;
  if (unit >= ${gradient ? width : 1}u || b >= step.count) { return; }
  let weight = weights[targets[b]];
  if (unit == 0u) { scores[2u * (step.first + b)] *= weight; }
  ${gradient ? `dy[b * ${padded(width)}u + unit] *= weight;` : ''}
}`;
}
