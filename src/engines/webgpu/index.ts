/** The `webgpu` engine: hand-written WGSL on the browser's GPU, or on Dawn in Node. */
import { checkSpec } from '../checks.ts';
import type { Engine, EngineProvider, Shard, Stage, StageSpec } from '../contract.ts';
import { answersOf } from '../ledger.ts';
import { findGpu, isSoftware, webgpuAvailability } from './adapter.ts';
import { GpuDevice } from './gpu-device.ts';
import { planStage } from './plan.ts';
import { WebgpuShard } from './shard.ts';
import { WebgpuStage, type Planner } from './stage.ts';
import { browserStore } from './tuning-store.ts';
import { Tuner, type TunerOptions } from './tuning.ts';

export interface WebgpuOptions {
  /** Where to ask for an adapter; the browser's own by default. */
  readonly gpu?: GPU | undefined;
  /** How kernels are chosen; by trying on graphics cards and without on software adapters by default. */
  readonly tuning?: TunerOptions;
}

export async function createWebgpuEngine({ gpu = findGpu(), tuning }: WebgpuOptions = {}): Promise<Engine> {
  const device = await GpuDevice.open(gpu);
  const tuner = new Tuner(device, tuning ?? { enabled: !isSoftware(device.adapter), store: browserStore() });
  const stages = new Set<Stage | Shard>();
  const planned: Planner = (spec, buffers) => planStage(device, tuner, spec, buffers);
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
        kernels: isSoftware(device.adapter)
          ? 'register tiles of 8 × 8, no barriers'
          : 'chosen per layer by trying, remembered by this browser',
      },
    },
    lost: device.lost,
    async stage(spec: StageSpec) {
      checkSpec(spec);
      const stage: Stage = await WebgpuStage.create(device, spec, planned, () => stages.delete(stage));
      stages.add(stage);
      return stage;
    },
    async shard(values, optimizer, decay) {
      const shard: Shard = await WebgpuShard.create(device, values, optimizer, decay, () =>
        stages.delete(shard),
      );
      stages.add(shard);
      return shard;
    },
    ...answersOf(device.ledger),
    tuned: () => tuner.chosen,
    async dispose() {
      for (const stage of stages) stage.dispose();
      device.close();
    },
  };
}

export const webgpuEngine: EngineProvider = {
  available: () => webgpuAvailability(),
  create: () => createWebgpuEngine(),
};
