import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { deviceLoss, type DeviceLoss } from '../../errors.ts';
import { registerOwn, type TfjsBackend } from './backend.ts';

/** Plain JavaScript: always there, very slow. */
export async function openCpu(): Promise<TfjsBackend> {
  const { name, remove } = await registerOwn('cpu', new MathBackendCPU());
  let lose!: (loss: DeviceLoss) => void;
  const lost = new Promise<DeviceLoss>((resolve) => (lose = resolve));
  return {
    kind: 'cpu',
    name,
    adapter: 'plain JavaScript',
    software: true,
    lost,
    memory() {
      const { numBytes } = tf.memory();
      return { live: numBytes, pool: numBytes };
    },
    dispose() {
      remove();
      lose(deviceLoss('destroyed', 'closed'));
    },
  };
}
