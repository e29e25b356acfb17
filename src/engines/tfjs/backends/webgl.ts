import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { deviceLoss, EngineError, type DeviceLoss } from '../../errors.ts';
import { isSoftwareRenderer, rendererName } from '../probe.ts';
import { registerOwn, type TfjsBackend } from './backend.ts';

/** WebGL 2 on an `OffscreenCanvas` of its own, so that it runs in a worker and its loss can be heard. */
export async function openWebgl(): Promise<TfjsBackend> {
  if (typeof OffscreenCanvas === 'undefined') {
    throw new EngineError('This browser has no OffscreenCanvas, which WebGL needs in a worker.');
  }
  // TensorFlow.js refuses software WebGL unless told; without a GPU it is still faster than its other backends.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  // Otherwise small products run on the CPU or the GPU depending on where their operands happen to be cached, and
  // the same link no longer gives the same curve.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false, alpha: false });
  if (!gl) throw new EngineError('This browser gives no WebGL 2 context here.');
  const renderer = rendererName(gl);

  let lose!: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  canvas.addEventListener('webglcontextlost', () => lose(deviceLoss('lost', 'context-lost')));
  // The declared parameter type knows only the DOM's canvas; the code takes either.
  const backend = new MathBackendWebGL(canvas as unknown as HTMLCanvasElement);
  const { name, remove } = await registerOwn('webgl', backend);
  return {
    kind: 'webgl',
    name,
    adapter: renderer,
    software: isSoftwareRenderer(renderer),
    lost,
    memory() {
      // `KernelBackend.memory` promises less than the WebGL backend tells.
      const memory = backend.memory() as { numBytesInGPU: number; numBytesInGPUAllocated?: number };
      return { live: memory.numBytesInGPU, pool: memory.numBytesInGPUAllocated ?? memory.numBytesInGPU };
    },
    dispose() {
      lose(deviceLoss('destroyed', 'closed'));
      remove();
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
