/** A device's thread: what `strategies/worker.ts` is in a browser. */
import { parentPort } from 'node:worker_threads';
import { hostDevice } from '../devices/host.ts';
import { installDawn } from '../engines/dawn.ts';
import { ENGINE_FACTS } from '../experiment/engines.ts';
import { ENGINES } from '../engines/registry.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { labText } from './words.ts';

const port = parentPort!;
hostDevice(
  {
    postMessage: (message, transfer = []) => port.postMessage(message, transfer as []),
    addEventListener(_type, listener) {
      port.on('message', (data: unknown) => listener({ data } as MessageEvent));
    },
  },
  PROGRAMS,
  async (id) => {
    if (ENGINE_FACTS[id].runsOn === 'card') {
      installDawn();
      // The engine's own sentence is for who sits before a browser.
      if (!(await ENGINES[id].available()).ok) throw new Error(labText.noWebgpu);
    }
    return ENGINES[id];
  },
);
