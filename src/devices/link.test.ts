/** Two devices on threads of their own, as they are in a browser: what is sent arrives when the wire likes. */
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Device, linkDevices, newJob, type Spawner } from './device.ts';
import type { LINK_PROGRAMS } from './link-thread.ts';
import { totalTraffic } from './traffic.ts';

type LinkDevice = Device<typeof LINK_PROGRAMS>;

/** Threads do not inherit what lets this process run TypeScript. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(require('node:worker_threads').workerData);
});`;

const spawn: Spawner = () => {
  const worker = new Worker(START, {
    eval: true,
    workerData: new URL('./link-thread.ts', import.meta.url).href,
  });
  return {
    endpoint: {
      postMessage: (message, moved = []) => worker.postMessage(message, moved as []),
      addEventListener(_type, listener) {
        worker.on('message', (data: unknown) => listener({ data } as MessageEvent));
      },
    },
    terminate: () => void worker.terminate(),
    onCrash: (listener) => worker.on('error', (error) => listener(String(error))),
  };
};

let sender: LinkDevice;
let taker: LinkDevice;
beforeEach(async () => {
  [sender, taker] = await Promise.all(
    [0, 1].map((rank) => Device.open<typeof LINK_PROGRAMS>(rank, 'cpu', spawn)),
  );
  await linkDevices(sender as unknown as Device, taker as unknown as Device);
});
afterEach(() => Promise.all([sender.close(), taker.close()]));

it('a message of a job that was stopped is not taken for one of the next job', async () => {
  const first = newJob();
  const waiting = taker.run('wait', { from: 0 }, first);
  await taker.remote.abort();
  await expect(waiting).rejects.toThrow('The run was stopped.');
  // The other device has not heard of it yet.
  await sender.run('give', { to: 1, value: 1 }, first);

  const second = newJob();
  await sender.run('give', { to: 1, value: 2 }, second);
  expect(await taker.run('take', { from: 0 }, second)).toBe(2);
});

it('a message of a job that the other device has not begun waits for it', async () => {
  const [first, second] = [newJob(), newJob()];
  const waiting = taker.run('take', { from: 0 }, first);
  await sender.run('give', { to: 1, value: 2 }, second);
  await sender.run('give', { to: 1, value: 1 }, first);
  expect(await waiting).toBe(1);
  expect(await taker.run('take', { from: 0 }, second)).toBe(2);
});

it('nothing is sent for a job that was stopped', async () => {
  const late = sender.run('giveLate', { to: 1 }, newJob());
  await sender.remote.abort();
  await expect(late).rejects.toThrow('The run was stopped.');
  expect(totalTraffic([(await sender.remote.read()).traffic], 'training').messages).toBe(0);
});
