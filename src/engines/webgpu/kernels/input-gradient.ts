/**
 * dX = (dY · Wᵀ) ⊙ activation′(X): the derivative of the layer below, whose output X is, is taken in the same pass.
 * dY [batch, outputs] is already multiplied with this layer's own derivative.
 *
 * An 8 × 8 tile of dX a thread; both operands are read along rows, four floats at a time.
 */
import type { Activation } from '../../../network/spec.ts';
import { slopeFunction, STEP } from './common.ts';
import { alignedRows, repeat, type LayerShape } from './shape.ts';

/** @param below Activation of the layer that made X; `linear` where X is no layer's output. */
export function inputGradient(shape: LayerShape, below: Activation): string {
  return fours(shape) ? inFours(shape, below) : oneByOne(shape, below);
}

const fours = (shape: LayerShape) => alignedRows(shape) && shape.inputs % 8 === 0;

export function inputGradientThreads(shape: LayerShape, count: number): [number, number] {
  return [Math.ceil(shape.inputs / (fours(shape) ? 8 : 4)), Math.ceil(count / 8)];
}

function inFours(
  { inputs, outputs, weightsAt, inputStride, outputStride }: LayerShape,
  below: Activation,
): string {
  const quad = (i: number, from: number) =>
    `vec4f(${[0, 1, 2, 3].map((j) => `a${i}_${from + j}`).join(', ')})`;
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> dy: array<vec4f>;
@group(1) @binding(1) var<storage, read> p: array<vec4f>;
@group(1) @binding(2) var<storage, read> x: array<vec4f>;
@group(1) @binding(3) var<storage, read_write> dx: array<vec4f>;
${slopeFunction(below, 'vec4f')}
@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x * 8u;
  let r = id.y * 8u;
  if (c >= ${inputs}u || r >= step.count) { return; }
${repeat(8, (i) => `  ${Array.from({ length: 8 }, (_, j) => `var a${i}_${j} = 0.0;`).join(' ')}`)}
  for (var k = 0u; k < ${outputs / 4}u; k++) {
${repeat(8, (i) => `    let y${i} = dy[(r + ${i}u) * ${outputStride / 4}u + k];`)}
${repeat(
  8,
  (j) => `    let w${j} = p[${weightsAt / 4}u + (c + ${j}u) * ${outputs / 4}u + k];
    ${Array.from({ length: 8 }, (_, i) => `a${i}_${j} += dot(y${i}, w${j});`).join(' ')}`,
)}
  }
${repeat(
  8,
  (i) => `  {
    let at = (r + ${i}u) * ${inputStride / 4}u + c / 4u;
    dx[at] = ${quad(i, 0)} * slope(x[at]);
    dx[at + 1u] = ${quad(i, 4)} * slope(x[at + 1u]);
  }`,
)}
}`;
}

function oneByOne(
  { inputs, outputs, weightsAt, inputStride, outputStride }: LayerShape,
  below: Activation,
): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> dy: array<f32>;
@group(1) @binding(1) var<storage, read> p: array<f32>;
@group(1) @binding(2) var<storage, read> x: array<f32>;
@group(1) @binding(3) var<storage, read_write> dx: array<f32>;
${slopeFunction(below, 'f32')}
@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x * 4u;
  let r = id.y * 8u;
  if (c >= ${inputs}u || r >= step.count) { return; }
${repeat(4, (j) => `  let w${j} = ${weightsAt}u + min(c + ${j}u, ${inputs - 1}u) * ${outputs}u;`)}
${repeat(8, (i) => `  var a${i} = vec4f(0.0);`)}
  for (var k = 0u; k < ${outputs}u; k++) {
    let w = vec4f(p[w0 + k], p[w1 + k], p[w2 + k], p[w3 + k]);
${repeat(8, (i) => `    a${i} += dy[(r + ${i}u) * ${outputStride}u + k] * w;`)}
  }
  for (var j = 0u; j < min(4u, ${inputs}u - c); j++) {
${repeat(
  8,
  (i) => `    {
      let at = (r + ${i}u) * ${inputStride}u + c + j;
      dx[at] = a${i}[j] * slope(x[at]);
    }`,
)}
  }
}`;
}
