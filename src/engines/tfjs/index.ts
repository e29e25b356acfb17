/** TensorFlow.js behind the engine contract: an oracle beside our own engines, and a choice in the menu. */
import type { Availability, EngineProvider } from '../contract.ts';
import { backendOrder } from './order.ts';
import { probeWebgl, probeWebgpu } from './probe.ts';

export const tfjsEngine: EngineProvider = {
  async available(): Promise<Availability> {
    const [first] = await backendOrder();
    if (first === 'cpu') return { ok: true, name: 'TensorFlow.js in plain JavaScript', software: true };
    const found = first === 'webgpu' ? await probeWebgpu() : probeWebgl();
    const words = first === 'webgpu' ? 'WebGPU' : 'WebGL';
    return {
      ok: true,
      name: `TensorFlow.js on ${words} (${found?.name ?? 'unnamed'})`,
      software: found?.software ?? true,
    };
  },
  async create() {
    return (await import('./engine.ts')).createTfjsEngine();
  },
};
