import { probeWebgl, probeWebgpu } from './probe.ts';
import type { TfjsBackendKind } from './backends/backend.ts';

/**
 * Backends to try, best first: WebGPU, WebGL, CPU. Except that a software WebGPU adapter comes after WebGL: there
 * TensorFlow.js's WebGPU shaders wait at barriers, and its WebGL backend trains 7 times as fast (4.5 against 0.64
 * steps/s for 784-512-512-256-256-128-47 at batch 128 on SwiftShader).
 */
export async function backendOrder(gpu?: GPU): Promise<TfjsBackendKind[]> {
  const webgpu = await probeWebgpu(gpu);
  const webgl = probeWebgl();
  return [
    ...(webgpu && !webgpu.software ? (['webgpu'] as const) : []),
    ...(webgl ? (['webgl'] as const) : []),
    ...(webgpu?.software ? (['webgpu'] as const) : []),
    'cpu',
  ];
}
