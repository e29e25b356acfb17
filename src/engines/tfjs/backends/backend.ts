/** What the engine asks of a TensorFlow.js backend, whichever it is. */
import * as tf from '@tensorflow/tfjs-core';
import type { DeviceLoss } from '../../errors.ts';

export const TFJS_BACKENDS = ['webgpu', 'webgl', 'cpu'] as const;
export type TfjsBackendKind = (typeof TFJS_BACKENDS)[number];

/** TensorFlow.js's own two numbers, in bytes. They count every tensor of the backend, ours or temporary. */
export interface TensorFlowMemory {
  /** Live tensors: `numBytesInGPU` (all tensors, on the CPU backend). */
  readonly live: number;
  /** The buffer pool, which is never trimmed: `numBytesAllocatedInGPU`. Equal to `live` where there is no pool. */
  readonly pool: number;
}

export interface TfjsBackend {
  readonly kind: TfjsBackendKind;
  /** The name it is registered under: its own, so that two engines in one thread never share a device. */
  readonly name: string;
  /** What it runs on, for a person. */
  readonly adapter: string;
  readonly software: boolean;
  readonly lost: Promise<DeviceLoss>;
  memory(): TensorFlowMemory;
  /** Frees the backend and what it runs on. */
  dispose(): void;
}

let count = 0;

/**
 * Registers a backend instance under a name of its own, with the kernels of its kind.
 *
 * @returns The name, and a function that takes backend and kernels out again.
 */
export async function registerOwn(
  kind: TfjsBackendKind,
  backend: tf.KernelBackend,
): Promise<{ name: string; remove(): void }> {
  const name = `piecewise-${kind}-${++count}`;
  tf.registerBackend(name, () => backend);
  tf.copyRegisteredKernels(kind, name);
  await tf.setBackend(name);
  return {
    name,
    remove() {
      for (const { kernelName } of tf.getKernelsForBackend(name)) tf.unregisterKernel(kernelName, name);
      tf.removeBackend(name);
    },
  };
}
