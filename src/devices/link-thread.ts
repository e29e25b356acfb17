/** A device's thread for `link.test.ts`: no arithmetic, only two programs that speak to each other. */
import { parentPort } from 'node:worker_threads';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { hostDevice } from './host.ts';
import type { RankContext } from './program.ts';

const port = parentPort!;

export const LINK_PROGRAMS = {
  async give(context: RankContext, { to, value }: { to: number; value: number }): Promise<void> {
    context.link(to).send('training', 'number', [Float32Array.of(value)]);
  },
  /** Sends only once it has been stopped: what a kernel does that was under way. */
  async giveLate(context: RankContext, { to }: { to: number }): Promise<void> {
    const link = context.link(to);
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    link.send('training', 'number', [Float32Array.of(0)]);
  },
  async take(context: RankContext, { from }: { from: number }): Promise<number> {
    const [values] = await context.link(from).receive('number');
    return values[0];
  },
  /** Takes what never comes. */
  async wait(context: RankContext, { from }: { from: number }): Promise<void> {
    await context.link(from).receive('nothing');
  },
};

hostDevice(
  {
    postMessage: (message, transfer = []) => port.postMessage(message, transfer as []),
    addEventListener(_type, listener) {
      port.on('message', (data: unknown) => listener({ data } as MessageEvent));
    },
  },
  LINK_PROGRAMS,
  async () => ({ create: async () => createReferenceEngine() }),
);
