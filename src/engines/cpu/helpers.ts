/** Starts the threads that help: workers of their own in a browser and in Node. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1; 0 is the thread that calls. */
  readonly thread: number;
}

export interface Helper {
  /** Whether it came to help. */
  readonly ready: Promise<boolean>;
  end(): void;
}

const nodeThreads = () =>
  (globalThis.process as NodeJS.Process | undefined)?.getBuiltinModule?.('node:worker_threads');

/** What `helper.ts` does. Written out, because a thread of Node would need a loader to read TypeScript. */
const IN_NODE = `
const { parentPort } = require('node:worker_threads');
parentPort.once('message', ({ module, memory, thread }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  parentPort.postMessage('ready');
  try {
    exports.help(thread);
  } catch (error) {
    exports.fail();
    throw error;
  }
});`;

/** Whether this thread can share memory and wait: not in a page that is not isolated, nor in a page's own thread. */
export const canShare = (): boolean =>
  nodeThreads() !== undefined || (globalThis.crossOriginIsolated && typeof document === 'undefined');

export function startHelper(task: HelperTask): Helper {
  const node = nodeThreads();
  return node ? startInNode(node, task) : startInBrowser(task);
}

function startInNode({ Worker }: typeof import('node:worker_threads'), task: HelperTask): Helper {
  const worker = new Worker(IN_NODE, { eval: true, name: `helper ${task.thread}` });
  // A helper must not keep the process alive.
  worker.unref();
  const ready = new Promise<boolean>((resolve) => {
    worker.once('message', () => resolve(true));
    worker.once('error', () => resolve(false));
  });
  worker.postMessage(task);
  return { ready, end: () => void worker.terminate() };
}

function startInBrowser(task: HelperTask): Helper {
  const worker = new Worker(new URL('./helper.ts', import.meta.url), {
    type: 'module',
    name: `helper ${task.thread}`,
  });
  const ready = new Promise<boolean>((resolve) => {
    worker.addEventListener('message', () => resolve(true), { once: true });
    worker.addEventListener('error', () => resolve(false), { once: true });
  });
  worker.postMessage(task);
  return { ready, end: () => worker.terminate() };
}
