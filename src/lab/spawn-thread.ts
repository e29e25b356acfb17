/** Devices as worker threads of Node. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Spawner } from '../devices/device.ts';
import type { Endpoint } from '../messages/rpc.ts';

// Node 20 has relaxed SIMD behind a flag, later ones always. Threads share the flags of their process.
setFlagsFromString('--experimental-wasm-relaxed-simd');

/** Threads do not inherit what lets the process run TypeScript; each asks for it first. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(require('node:worker_threads').workerData);
});`;
const THREAD = new URL('./thread.ts', import.meta.url).href;

export const spawnThread: Spawner = (rank) => {
  const worker = new Worker(START, { eval: true, workerData: THREAD, name: `device ${rank + 1}` });
  // Threads must not keep the process alive once everything is done.
  worker.unref();
  const endpoint: Endpoint = {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer as []),
    addEventListener(_type, listener) {
      worker.on('message', (data: unknown) => listener({ data } as MessageEvent));
    },
  };
  return {
    endpoint,
    terminate: () => void worker.terminate(),
    onCrash(listener) {
      worker.on('error', (error) =>
        listener(`its thread stopped: ${error instanceof Error ? error.message : String(error)}`),
      );
      // A thread can end without an error: by `process.exit`, or short of memory.
      worker.on('exit', (code) => listener(`its thread ended (exit code ${code}).`));
    },
  };
};
