/** WebGPU in Node: Dawn from the npm package `webgpu`. Wants a driver; `scripts/with-software-gpu.ts` names one. */
import { create, globals } from 'webgpu';

/**
 * Gives this process the browser's WebGPU names (`navigator.gpu`, `GPUBufferUsage`, …), once.
 * @returns The entry point.
 */
export function installDawn(): GPU {
  const found = (globalThis.navigator as Navigator | undefined)?.gpu;
  if (found) return found;
  Object.assign(globalThis, globals);
  // Node has a `navigator` from version 21 on, without `gpu`.
  if (!globalThis.navigator) Object.assign(globalThis, { navigator: {} });
  const gpu = create([]) as GPU;
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}
