/** Kernels that make a batch's inputs on the device. */
import type { LabelTable, Swap } from '../../contract.ts';
import { swapBelow } from '../../swap.ts';
import { padded } from '../padding.ts';
import { float, RANDOM, STEP } from './common.ts';

/**
 * X[b, p] = images[samples[first + b], p] · scale + shift, and targets[b] from the labels.
 * One thread per four pixels; bytes are picked out of words one by one, so any number of pixels will do.
 */
export function gatherImages(pixels: number, scale: number, shift: number): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> images: array<u32>;
@group(1) @binding(1) var<storage, read> labels: array<u32>;
@group(1) @binding(2) var<storage, read> samples: array<u32>;
@group(1) @binding(3) var<storage, read_write> x: array<f32>;
@group(1) @binding(4) var<storage, read_write> targets: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let p = id.x * 4u;
  let b = id.y;
  if (p >= ${pixels}u || b >= step.count) { return; }
  let sample = samples[step.first + b];
  if (p == 0u) {
    targets[b] = (labels[sample >> 2u] >> ((sample & 3u) * 8u)) & 255u;
  }
  for (var i = 0u; i < min(4u, ${pixels}u - p); i++) {
    let at = sample * ${pixels}u + p + i;
    let byte = (images[at >> 2u] >> ((at & 3u) * 8u)) & 255u;
    x[b * ${padded(pixels)}u + p + i] = f32(byte) * ${float(scale)} + ${float(shift)};
  }
}`;
}

/**
 * X[b, u] = Σₖ weights[b, k] · table[classes[b, k], u] + noise · roughNormal(word), and targets[b].
 * The word's index is (noiseBase + b) · width + u, as the engine contract has it.
 */
export function gatherLabels(width: number, noise: number, key: { a: number; b: number }): string {
  return /* wgsl */ `${STEP}${RANDOM}
@group(1) @binding(0) var<storage, read> table: array<f32>;
@group(1) @binding(1) var<storage, read> classes: array<u32>;
@group(1) @binding(2) var<storage, read> weights: array<vec4f>;
@group(1) @binding(3) var<storage, read> samples: array<u32>;
@group(1) @binding(4) var<storage, read_write> x: array<f32>;
@group(1) @binding(5) var<storage, read_write> targets: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let u = id.x;
  let b = id.y;
  if (u >= ${width}u || b >= step.count) { return; }
  let n = step.first + b;
  if (u == 0u) { targets[b] = samples[n]; }
  let packed = classes[n];
  let weight = weights[n];
  var sum = 0.0;
  for (var k = 0u; k < 4u; k++) {
    sum += weight[k] * table[((packed >> (8u * k)) & 255u) * ${width}u + u];
  }
  ${
    noise > 0
      ? `let word = mix32(mix32((step.noiseBase + b) * ${width}u + u + ${key.a >>> 0}u) ^ ${key.b >>> 0}u);
  sum += ${float(noise)} * roughNormal(word);`
      : ''
  }
  x[b * ${padded(width)}u + u] = sum;
}`;
}

/**
 * X[b, u] += table[class, u], the class being targets[b] or, with a swap, what that is swapped for as the contract says.
 * One thread per unit.
 */
export function addClasses({ classes, width }: Omit<LabelTable, 'values'>, swap?: Swap): string {
  const { a, b } = swap?.key ?? { a: 0, b: 0 };
  return /* wgsl */ `${STEP}${RANDOM}
@group(1) @binding(0) var<storage, read> table: array<f32>;
@group(1) @binding(1) var<storage, read> targets: array<u32>;
@group(1) @binding(2) var<storage, read_write> x: array<f32>;
fn word(index: u32) -> u32 { return mix32(mix32(index + ${a >>> 0}u) ^ ${b >>> 0}u); }
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let u = id.x;
  let b = id.y;
  if (u >= ${width}u || b >= step.count) { return; }
  var shown = targets[b];
  ${
    swap
      ? `let index = 2u * (step.noiseBase + b);
  if (word(index) >> 8u < ${swapBelow(swap)}u) { shown = word(index + 1u) % ${classes}u; }`
      : ''
  }
  x[b * ${padded(width)}u + u] += table[shown * ${width}u + u];
}`;
}

/** X[b, u] += noise · roughNormal(word), the word as in `gatherLabels`. */
export function addNoise(width: number, noise: number, key: { a: number; b: number }): string {
  return /* wgsl */ `${STEP}${RANDOM}
@group(1) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let u = id.x;
  let b = id.y;
  if (u >= ${width}u || b >= step.count) { return; }
  let word = mix32(mix32((step.noiseBase + b) * ${width}u + u + ${key.a >>> 0}u) ^ ${key.b >>> 0}u);
  x[b * ${padded(width)}u + u] += ${float(noise)} * roughNormal(word);
}`;
}
