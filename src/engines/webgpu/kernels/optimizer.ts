/** The optimizers of `network/optimizers`, and what becomes of a gradient: an update, or a sum. */
import { type OptimizerId, OPTIMIZERS } from '../../../network/optimizers/registry.ts';
import { keepingNan, STEP } from './common.ts';

/** Where a weight gradient goes: straight into an optimizer step, or added to the stored gradients. */
export type Sink = OptimizerId | 'gradients';

/** Bindings 2… of the sink: parameters and moments, or gradients. */
export function sinkBindings(sink: Sink, type: 'f32' | 'vec4f'): string {
  const names = sink === 'gradients' ? ['g'] : ['p', 'm', 'v'].slice(0, 1 + OPTIMIZERS[sink].moments);
  return names
    .map((name, i) => `@group(1) @binding(${2 + i}) var<storage, read_write> ${name}: array<${type}>;`)
    .join('\n');
}

/** `take(at, gradient)`: applies a gradient to element `at` of the flat parameters. */
export function sinkFunction(sink: Sink, type: 'f32' | 'vec4f'): string {
  const body = sink === 'gradients' ? 'g[at] += gradient;' : OPTIMIZERS[sink].wgsl;
  return `${keepingNan(type)}fn take(at: u32, gradient: ${type}) {\n  ${body}\n}\n`;
}

/** One optimizer step with the stored gradients, which are zeroed. One thread per parameter. */
export function applyGradients(optimizer: OptimizerId, count: number): string {
  return /* wgsl */ `${STEP}
@group(1) @binding(1) var<storage, read_write> g: array<f32>;
${sinkBindings(optimizer, 'f32')}
${sinkFunction(optimizer, 'f32')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let at = id.x + id.y * groups.x * 64u;
  if (at >= ${count}u) { return; }
  take(at, g[at]);
  g[at] = 0.0;
}`;
}
