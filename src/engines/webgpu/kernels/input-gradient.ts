/**
 * dX = (dY · Wᵀ) ⊙ activation′(X): the derivative of the layer below, whose output X is, is taken in the same pass.
 * dY [batch, outputs] is already multiplied with this layer's own derivative.
 *
 * An 8 × 8 tile of dX a thread; both operands are read along rows, four floats at a time.
 */
import type { Activation } from '../../../network/spec.ts';
import { slopeFunction, STEP } from './common.ts';
import { alignedRows, repeat, sharable, type DenseShape } from './shape.ts';
import { sharedProduct, sharedThreads } from './shared-product.ts';
import type { ProductKernel, SharedTile, Tile } from './tile.ts';

/** @param below Activation of the layer that made X; `linear` where X is no layer's output. */
export function inputGradient(shape: DenseShape, below: Activation, tile: Tile): ProductKernel {
  if (tile.family === 'shared' && sharable(shape)) return inBlocks(shape, below, tile);
  const fours = alignedRows(shape) && shape.inputs % 8 === 0;
  return {
    code: fours ? inFours(shape, below) : oneByOne(shape, below),
    threads: (count) => [Math.ceil(shape.inputs / (fours ? 8 : 4)), Math.ceil(count / 8)],
  };
}

const BINDINGS = (type: 'f32' | 'vec4f') => /* wgsl */ `
@group(1) @binding(0) var<storage, read> dy: array<${type}>;
@group(1) @binding(1) var<storage, read> p: array<${type}>;
@group(1) @binding(2) var<storage, read> x: array<${type}>;
@group(1) @binding(3) var<storage, read_write> dx: array<${type}>;
`;

function inBlocks(shape: DenseShape, below: Activation, tile: SharedTile): ProductKernel {
  const { inputs, outputs, weightsAt, inputStride, outputStride } = shape;
  const code = sharedProduct(
    {
      prelude: `${STEP}${BINDINGS('vec4f')}${slopeFunction(below, 'vec4f')}`,
      rows: 'step.count',
      columns: inputs,
      depth: `${outputs}u`,
      a: { name: 'dy', at: 0, stride: outputStride / 4, along: 'depth' },
      b: { name: 'p', at: weightsAt / 4, stride: outputs / 4, along: 'depth' },
      finish: (m, c, value) =>
        `{ let at = ${m} * ${inputStride / 4}u + ${c}; dx[at] = ${value} * slope(x[at]); }`,
    },
    tile,
  );
  return { code, threads: (count) => sharedThreads(tile, count, inputs) };
}

function inFours(
  { inputs, outputs, weightsAt, inputStride, outputStride }: DenseShape,
  below: Activation,
): string {
  const quad = (i: number, from: number) =>
    `vec4f(${[0, 1, 2, 3].map((j) => `a${i}_${from + j}`).join(', ')})`;
  return /* wgsl */ `${STEP}${BINDINGS('vec4f')}${slopeFunction(below, 'vec4f')}
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
    ${Array.from({ length: 8 }, (_, i) => ['x', 'y', 'z', 'w'].map((lane) => `a${i}_${j} += y${i}.${lane} * w${j}.${lane};`).join(' ')).join(' ')}`,
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
  { inputs, outputs, weightsAt, inputStride, outputStride }: DenseShape,
  below: Activation,
): string {
  return /* wgsl */ `${STEP}${BINDINGS('f32')}${slopeFunction(below, 'f32')}
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
