import { newJob } from '../devices/device.ts';
import type { RunDevice } from './open-devices.ts';

/**
 * Runs a task on every device at once, as one job. The first failure stops the others, which may be waiting for the one
 * that failed, and is what is thrown, once all have stopped.
 */
export async function together<T>(
  devices: readonly RunDevice[],
  task: (device: RunDevice, job: number) => Promise<T>,
): Promise<T[]> {
  const job = newJob();
  const running = devices.map((device) => task(device, job));
  try {
    return await Promise.all(running);
  } catch (error) {
    for (const device of devices) device.remote.abort().catch(() => {});
    await Promise.allSettled(running);
    throw error;
  }
}
