/**
 * Y = activation(X · W + bias): X [batch, inputs], W [inputs, outputs].
 *
 * Register tiles: a thread holds an 8 × 8 tile of Y and walks along k; no workgroup memory and no barrier. On a software
 * adapter barriers cost more than the loads they save (0.3–0.4 GFLOP/s against 2–2.9). The sum over k runs in order in
 * every variant. Rows past the batch are computed and harmless: activations are padded to whole tiles.
 */
import { activationFunction, STEP } from './common.ts';
import { alignedRows, repeat, sharable, type DenseShape } from './shape.ts';
import { sharedProduct, sharedThreads } from './shared-product.ts';
import type { ProductKernel, SharedTile, Tile } from './tile.ts';

const BINDINGS = (type: 'f32' | 'vec4f') => /* wgsl */ `
@group(1) @binding(0) var<storage, read> x: array<${type}>;
@group(1) @binding(1) var<storage, read> p: array<${type}>;
@group(1) @binding(2) var<storage, read_write> y: array<${type}>;
`;

export function forward(shape: DenseShape, tile: Tile): ProductKernel {
  if (tile.family === 'shared' && sharable(shape)) return inBlocks(shape, tile);
  const whole = alignedRows(shape) && shape.inputs % 4 === 0 && shape.outputs % 8 === 0;
  return {
    code: whole ? inFours(shape) : oneByOne(shape),
    threads: (count) => [Math.ceil(shape.outputs / (whole ? 8 : 4)), Math.ceil(count / 8)],
  };
}

function inBlocks(shape: DenseShape, tile: SharedTile): ProductKernel {
  const { inputs, outputs, weightsAt, biasAt, inputStride, outputStride, activation } = shape;
  const code = sharedProduct(
    {
      prelude: `${STEP}${BINDINGS('vec4f')}${activationFunction(activation, 'vec4f')}`,
      rows: 'step.count',
      columns: outputs,
      depth: `${inputs}u`,
      a: { name: 'x', at: 0, stride: inputStride / 4, along: 'depth' },
      b: { name: 'p', at: weightsAt / 4, stride: outputs / 4, along: 'other' },
      initial: (c) => `p[${biasAt / 4}u + ${c}]`,
      finish: (m, c, value) => `y[${m} * ${outputStride / 4}u + ${c}] = activate(${value});`,
    },
    tile,
  );
  return { code, threads: (count) => sharedThreads(tile, count, outputs) };
}

function inFours({
  inputs,
  outputs,
  weightsAt,
  biasAt,
  inputStride,
  outputStride,
  activation,
}: DenseShape): string {
  return /* wgsl */ `${STEP}${BINDINGS('vec4f')}${activationFunction(activation, 'vec4f')}
@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x * 2u;
  let r = id.y * 8u;
  if (c >= ${outputs / 4}u || r >= step.count) { return; }
  let b0 = p[${biasAt / 4}u + c];
  let b1 = p[${biasAt / 4}u + c + 1u];
${repeat(8, (i) => `  var a${i} = b0; var d${i} = b1;`)}
  for (var k = 0u; k < ${inputs / 4}u; k++) {
    let w = ${weightsAt / 4}u + k * ${outputs}u + c;
${repeat(4, (j) => `    let u${j} = p[w + ${(j * outputs) / 4}u]; let v${j} = p[w + ${(j * outputs) / 4 + 1}u];`)}
${repeat(
  8,
  (i) => `    let x${i} = x[(r + ${i}u) * ${inputStride / 4}u + k];
    a${i} += x${i}.x * u0; d${i} += x${i}.x * v0; a${i} += x${i}.y * u1; d${i} += x${i}.y * v1;
    a${i} += x${i}.z * u2; d${i} += x${i}.z * v2; a${i} += x${i}.w * u3; d${i} += x${i}.w * v3;`,
)}
  }
${repeat(
  8,
  (i) => `  y[(r + ${i}u) * ${outputStride / 4}u + c] = activate(a${i});
  y[(r + ${i}u) * ${outputStride / 4}u + c + 1u] = activate(d${i});`,
)}
}`;
}

/** For widths that do not divide by 8: the same tile, scalar loads, the last columns clamped and not stored. */
function oneByOne({
  inputs,
  outputs,
  weightsAt,
  biasAt,
  inputStride,
  outputStride,
  activation,
}: DenseShape): string {
  return /* wgsl */ `${STEP}${BINDINGS('f32')}${activationFunction(activation, 'f32')}
@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x * 4u;
  let r = id.y * 8u;
  if (c >= ${outputs}u || r >= step.count) { return; }
${repeat(4, (j) => `  let c${j} = min(c + ${j}u, ${outputs - 1}u);`)}
  let bias = vec4f(${Array.from({ length: 4 }, (_, j) => `p[${biasAt}u + c${j}]`).join(', ')});
${repeat(8, (i) => `  var a${i} = bias;`)}
  for (var k = 0u; k < ${inputs}u; k++) {
    let w = ${weightsAt}u + k * ${outputs}u;
    let u = vec4f(p[w + c0], p[w + c1], p[w + c2], p[w + c3]);
${repeat(8, (i) => `    a${i} += x[(r + ${i}u) * ${inputStride}u + k] * u;`)}
  }
  for (var j = 0u; j < min(4u, ${outputs}u - c); j++) {
${repeat(8, (i) => `    y[(r + ${i}u) * ${outputStride}u + c + j] = activate(a${i}[j]);`)}
  }
}`;
}
