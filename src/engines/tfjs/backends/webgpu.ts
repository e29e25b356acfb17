import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { deviceLoss, EngineError, type DeviceLoss } from '../../errors.ts';
import { adapterName, isSoftwareAdapter, requestAdapter } from '../probe.ts';
import { registerOwn, type TfjsBackend } from './backend.ts';

/** Limits that TensorFlow.js's own start-up asks the adapter's maximum of. */
const RAISED_LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * WebGPU on a device of its own. TensorFlow.js's own start-up shares one device per page, crashes where there is no
 * adapter, and has no `device.lost` handler; holding the device ourselves mends all three.
 */
export async function openWebgpu(gpu: GPU | undefined): Promise<TfjsBackend> {
  const adapter = await requestAdapter(gpu);
  if (!adapter) throw new EngineError('There is no WebGPU adapter here.');
  const requiredLimits = Object.fromEntries(RAISED_LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });

  let lose!: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  void device.lost.then(({ reason, message }) =>
    lose(
      reason === 'destroyed'
        ? deviceLoss(reason, 'closed')
        : deviceLoss('lost', 'card-lost', message || null),
    ),
  );
  device.addEventListener('uncapturederror', ({ error }) => {
    if (!(error instanceof GPUOutOfMemoryError)) return;
    lose(deviceLoss('out-of-memory', 'card-full'));
  });

  // Otherwise small products run on the CPU or the GPU depending on where their operands happen to be cached, and
  // the same link no longer gives the same curve.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const backend = new WebGPUBackend(device, adapter.info);
  const { name, remove } = await registerOwn('webgpu', backend);
  return {
    kind: 'webgpu',
    name,
    adapter: adapterName(adapter),
    software: isSoftwareAdapter(adapter),
    lost,
    memory() {
      const { numBytesInGPU, numBytesAllocatedInGPU } = backend.memory();
      return { live: numBytesInGPU, pool: numBytesAllocatedInGPU };
    },
    dispose() {
      remove();
      device.destroy();
    },
  };
}
