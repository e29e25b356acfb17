/** The `webgpu` engine: hand-written WGSL on the browser's GPU, or on Dawn in Node. */
import { checkSpec } from '../checks.ts';
import type { Engine, EngineProvider, Stage, StageSpec } from '../contract.ts';
import { findGpu, isSoftware, webgpuAvailability } from './adapter.ts';
import { GpuDevice } from './gpu-device.ts';
import { bufferPlans } from './memory.ts';
import { planStage } from './plan.ts';
import { WebgpuStage } from './stage.ts';

/** @param gpu Where to ask for an adapter; the browser's own by default. */
export async function createWebgpuEngine({
  gpu = findGpu(),
}: { gpu?: GPU | undefined } = {}): Promise<Engine> {
  const device = await GpuDevice.open(gpu);
  const stages = new Set<Stage>();
  const { maxBufferSize, maxStorageBufferBindingSize } = device.device.limits;
  return {
    about: {
      engine: 'webgpu',
      name: device.name,
      software: isSoftware(device.adapter),
      details: {
        features: [...device.adapter.features].sort().join(', '),
        'largest buffer': `${Math.round(maxBufferSize / 2 ** 20)} MiB`,
        'largest binding': `${Math.round(maxStorageBufferBindingSize / 2 ** 20)} MiB`,
        kernels: 'register tiles of 8 × 8, no barriers',
      },
    },
    lost: device.lost,
    async stage(spec: StageSpec) {
      checkSpec(spec);
      const buffers = await device.allocate(bufferPlans(spec));
      try {
        const plan = await planStage(device, spec, buffers);
        const stage: Stage = new WebgpuStage(device, spec, buffers, plan, () => stages.delete(stage));
        stages.add(stage);
        return stage;
      } catch (error) {
        for (const buffer of buffers.values()) device.free(buffer);
        throw error;
      }
    },
    memory: () => device.ledger.read(),
    resetPeak: () => device.ledger.resetPeak(),
    async dispose() {
      for (const stage of stages) stage.dispose();
      device.close();
    },
  };
}

export const webgpuEngine: EngineProvider = {
  id: 'webgpu',
  label: 'WebGPU',
  available: () => webgpuAvailability(),
  create: () => createWebgpuEngine(),
};
