import type { Spawner } from '../devices/device.ts';
import { devicesText as text } from '../devices/words.ts';
import { watchLifeline } from '../messages/lifeline.ts';

/** A device in a browser's worker. */
export const spawnWorker: Spawner = (rank) => {
  const worker = new Worker(new URL('../strategies/worker.ts', import.meta.url), {
    type: 'module',
    name: `device ${rank + 1}`,
  });
  let leave = () => {};
  return {
    endpoint: worker,
    terminate() {
      leave();
      worker.terminate();
    },
    onCrash(listener) {
      leave = watchLifeline(worker, (why) => listener(text.workerStopped(why)));
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message ? text.workerStopped(event.message) : text.workerNotLoaded);
      });
      worker.addEventListener('messageerror', () => listener(text.unreadable));
    },
  };
};
