import type { Answer, Remote } from '../worker-methods.ts';

/** A worker of its own, seen from the page. */
export function openWorker(): Remote {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return {
    ask(method, ...args) {
      const answered = new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Answer>) =>
          'error' in data ? reject(new Error(data.error)) : resolve(data.value);
        worker.onerror = ({ message }) => reject(new Error(message || 'The worker could not be loaded.'));
      });
      worker.postMessage({ method, args });
      return answered as ReturnType<Remote['ask']> as never;
    },
    stop: () => worker.terminate(),
  };
}
