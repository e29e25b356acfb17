import type { Spawner } from '../devices/device.ts';

/** A device in a browser's worker. */
export const spawnWorker: Spawner = (rank) => {
  const worker = new Worker(new URL('../strategies/worker.ts', import.meta.url), {
    type: 'module',
    name: `device ${rank + 1}`,
  });
  return {
    endpoint: worker,
    terminate: () => worker.terminate(),
    onCrash(listener) {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message ? `its worker stopped: ${event.message}` : 'its worker could not be loaded.');
      });
      worker.addEventListener('messageerror', () => listener('it sent something unreadable.'));
    },
  };
};
