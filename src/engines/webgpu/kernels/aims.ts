/** Squared distance to what fixed layers gave for the same samples, rows that lie as the output does. */
import type { Activation } from '../../../network/spec.ts';
import { padded } from '../padding.ts';
import { float, nearestRow, slopeFunction, STEP } from './common.ts';

interface AimShape {
  readonly width: number;
  /** Factor on the squared distance. */
  readonly scale: number;
  /** Activation of the layer that made y: dy already contains its derivative. */
  readonly activation: Activation;
}

/**
 * scores = scale · |y − aim|², and 1 if no other class's vector is nearer than the own; 0 without class vectors, of which
 * there are `classes`. One thread per sample.
 */
export function aimDistance({ width, scale }: AimShape, classes: number): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read> aims: array<f32>;
@group(1) @binding(2) var<storage, read_write> scores: array<f32>;
${
  classes > 0
    ? `@group(1) @binding(3) var<storage, read> table: array<f32>;
@group(1) @binding(4) var<storage, read> targets: array<u32>;
${nearestRow(width, classes)}`
    : ''
}
@compute @workgroup_size(16)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  if (b >= step.count) { return; }
  var sum = 0.0;
  for (var j = 0u; j < ${width}u; j++) {
    let difference = y[b * ${padded(width)}u + j] - aims[b * ${padded(width)}u + j];
    sum += difference * difference;
  }
  scores[2u * (step.first + b)] = ${float(scale)} * sum;
  scores[2u * (step.first + b) + 1u] = ${classes > 0 ? 'select(0.0, 1.0, nearest(b) == targets[b])' : '0.0'};
}`;
}

/** dy = 2 · scale · (y − aim) · step.scale ⊙ activation′(y). One thread per unit. */
export function aimGradient({ width, scale, activation }: AimShape): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> y: array<f32>;
@group(1) @binding(1) var<storage, read> aims: array<f32>;
@group(1) @binding(2) var<storage, read_write> dy: array<f32>;
${slopeFunction(activation, 'f32')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${width}u || id.y >= step.count) { return; }
  let at = id.y * ${padded(width)}u + id.x;
  dy[at] = ${float(2 * scale)} * (y[at] - aims[at]) * step.scale * slope(y[at]);
}`;
}
