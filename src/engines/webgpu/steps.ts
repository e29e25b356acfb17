/** The uniforms of consecutive steps, written to the device in one piece. */
import { STEP_STRIDE } from './memory.ts';

export interface StepNumbers {
  /** Samples in the batch. */
  readonly count: number;
  /** Index of its first sample among those uploaded; its scores go there too. */
  readonly first: number;
  /** Optimizer step · batch size: places the noise. */
  readonly noiseBase?: number;
  /** The optimizer's numbers. */
  readonly learningRate?: number;
  readonly epsilon?: number;
  readonly shrink?: number;
  /** 1 / samples the loss is averaged over. */
  readonly scale?: number;
}

export function packSteps(steps: readonly StepNumbers[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(steps.length * STEP_STRIDE);
  const view = new DataView(bytes.buffer);
  steps.forEach(
    ({ count, first, noiseBase = 0, learningRate = 0, epsilon = 0, scale = 0, shrink = 0 }, index) => {
      const at = index * STEP_STRIDE;
      view.setUint32(at, count, true);
      view.setUint32(at + 4, first, true);
      view.setUint32(at + 8, noiseBase >>> 0, true);
      view.setFloat32(at + 16, learningRate, true);
      view.setFloat32(at + 20, epsilon, true);
      view.setFloat32(at + 24, scale, true);
      view.setFloat32(at + 28, shrink, true);
    },
  );
  return bytes;
}
