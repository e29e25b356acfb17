/**
 * dW = Xᵀ · dY [inputs, outputs] and db = Σ_batch dY, handed to the optimizer (or added to the gradients) on the spot:
 * a stage that trains alone never stores a gradient.
 *
 * Register tiles: an 8 × 8 tile of dW a thread, an outer product per sample. Both operands are padded, so loads are always four wide;
 * only what is stored has to mind the edges. The threads of the first row of tiles also sum the biases.
 */
import { STEP } from './common.ts';
import { sinkBindings, sinkFunction, type Sink } from './optimizer.ts';
import { alignedRows, repeat, sharable, type DenseShape } from './shape.ts';
import { sharedProduct, sharedThreads } from './shared-product.ts';
import type { ProductKernel, SharedTile, Tile } from './tile.ts';

export function weightGradient(shape: DenseShape, sink: Sink, tile: Tile): ProductKernel {
  if (tile.family === 'shared' && sharable(shape)) return inBlocks(shape, sink, tile);
  const { inputs, outputs } = shape;
  return { code: inRegisters(shape, sink), threads: () => [Math.ceil(outputs / 8), Math.ceil(inputs / 8)] };
}

const OPERANDS = /* wgsl */ `
@group(1) @binding(0) var<storage, read> x: array<vec4f>;
@group(1) @binding(1) var<storage, read> dy: array<vec4f>;
`;

function inBlocks(shape: DenseShape, sink: Sink, tile: SharedTile): ProductKernel {
  const { inputs, outputs, weightsAt, biasAt, inputStride, outputStride } = shape;
  const code = sharedProduct(
    {
      prelude: `${STEP}${OPERANDS}${sinkBindings(sink, 'vec4f')}\n${sinkFunction(sink, 'vec4f')}`,
      rows: `${inputs}u`,
      columns: outputs,
      depth: 'step.count',
      a: { name: 'x', at: 0, stride: inputStride / 4, along: 'other' },
      b: { name: 'dy', at: 0, stride: outputStride / 4, along: 'other' },
      finish: (m, c, value) => `take(${weightsAt / 4}u + ${m} * ${outputs / 4}u + ${c}, ${value});`,
      perColumn: (c) => `var sum = vec4f();
        for (var b = 0u; b < step.count; b++) { sum += dy[b * ${outputStride / 4}u + ${c}]; }
        take(${biasAt / 4}u + ${c}, sum);`,
    },
    tile,
  );
  return { code, threads: () => sharedThreads(tile, inputs, outputs) };
}

function inRegisters(shape: DenseShape, sink: Sink): string {
  const { inputs, outputs, weightsAt, biasAt, inputStride, outputStride } = shape;
  const fours = alignedRows(shape) && biasAt % 4 === 0;
  const type = fours ? 'vec4f' : 'f32';
  const store = fours
    ? (row: string, first: string, second: string) => `
    take((${row}) / 4u + c, ${first});
    if (c + 1u < ${outputs / 4}u) { take((${row}) / 4u + c + 1u, ${second}); }`
    : (row: string, first: string, second: string) => `
    for (var j = 0u; j < min(4u, ${outputs}u - c * 4u); j++) { take(${row} + c * 4u + j, ${first}[j]); }
    if (c * 4u + 4u < ${outputs}u) {
      for (var j = 0u; j < min(4u, ${outputs}u - c * 4u - 4u); j++) { take(${row} + c * 4u + 4u + j, ${second}[j]); }
    }`;
  return /* wgsl */ `${STEP}${OPERANDS}${sinkBindings(sink, type)}
${sinkFunction(sink, type)}
@compute @workgroup_size(8, 4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let c = id.x * 2u;
  let r = id.y * 8u;
  if (c * 4u >= ${outputs}u || r >= ${inputs}u) { return; }
${repeat(8, (i) => `  var a${i} = vec4f(0.0); var d${i} = vec4f(0.0);`)}
  for (var b = 0u; b < step.count; b++) {
    let xs = b * ${inputStride / 4}u + r / 4u;
    let ys = b * ${outputStride / 4}u + c;
    let x0 = x[xs]; let x1 = x[xs + 1u];
    let y0 = dy[ys]; let y1 = dy[ys + 1u];
${repeat(8, (i) => {
  const value = `x${i >> 2}.${'xyzw'[i & 3]}`;
  return `    a${i} += ${value} * y0; d${i} += ${value} * y1;`;
})}
  }
${repeat(8, (i) => `  if (r + ${i}u < ${inputs}u) {${store(`(${weightsAt}u + (r + ${i}u) * ${outputs}u)`, `a${i}`, `d${i}`)}\n  }`)}
  if (r == 0u) {
    var s0 = vec4f(0.0);
    var s1 = vec4f(0.0);
    for (var b = 0u; b < step.count; b++) {
      s0 += dy[b * ${outputStride / 4}u + c];
      s1 += dy[b * ${outputStride / 4}u + c + 1u];
    }
    ${store(`${biasAt}u`, 's0', 's1')}
  }
}`;
}
