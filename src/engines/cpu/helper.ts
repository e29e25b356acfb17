/** A helper's worker in a browser: runs its shares of the kernels until it is sent home. */
import type { HelperTask } from './helpers.ts';

interface HelperExports {
  help(thread: number): void;
  /** Tells who waits that no answer will come. */
  fail(): void;
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<HelperTask>) => {
    const { module, memory, thread } = data;
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const { help, fail } = exports as unknown as HelperExports;
    self.postMessage('ready');
    try {
      help(thread);
    } catch (error) {
      fail();
      throw error;
    }
  },
  { once: true },
);
