/**
 * dW = Xᵀ · dY [inputs, outputs] and db = Σ_batch dY, handed to the optimiser (or added to the gradients) on the spot:
 * a stage that trains alone never stores a gradient.
 *
 * An 8 × 8 tile of dW a thread, an outer product per sample. Both operands are padded, so loads are always four wide;
 * only what is stored has to mind the edges. The threads of the first row of tiles also sum the biases.
 */
import { STEP } from './common.ts';
import { sinkBindings, sinkFunction, type Sink } from './optimizer.ts';
import { alignedRows, repeat, type LayerShape } from './shape.ts';

export function weightGradient(shape: LayerShape, sink: Sink): string {
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
  return /* wgsl */ `${STEP}
@group(1) @binding(0) var<storage, read> x: array<vec4f>;
@group(1) @binding(1) var<storage, read> dy: array<vec4f>;
${sinkBindings(sink, type)}
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

export function weightGradientThreads({ inputs, outputs }: LayerShape): [number, number] {
  return [Math.ceil(outputs / 8), Math.ceil(inputs / 8)];
}
