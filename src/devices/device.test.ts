import { afterEach, expect, it } from 'vitest';
import { ENGINES } from '../engines/registry.ts';
import { Device, newJob, type Spawner } from './device.ts';
import { inProcessSpawner } from './in-process.ts';
import type { RankProgram } from './program.ts';

const PROGRAMS = {
  idle: (async () => 'done') satisfies RankProgram<undefined, string>,
  through: (async (context) => {
    await context.gate();
    context.progress(1, 0);
    return 'through';
  }) satisfies RankProgram<undefined, string>,
};

const open: Device<typeof PROGRAMS>[] = [];
afterEach(() => Promise.all(open.splice(0).map((device) => device.close())));

const spawn: Spawner = inProcessSpawner(PROGRAMS, async (id) => ENGINES[id]);

async function opened(signal?: AbortSignal) {
  const device = await Device.open<typeof PROGRAMS>(0, 'cpu', spawn, signal ? { signal } : {});
  open.push(device);
  return device;
}

it('a device that was paused lets no work through its gate until it goes on', async () => {
  const device = await opened();
  await device.remote.pause();
  let through = false;
  const work = device.run('through', undefined, newJob()).then((said) => {
    through = true;
    return said;
  });
  // Its answers come in order: what came before these had its chance.
  for (let asked = 0; asked < 5; asked++) await device.remote.read();
  expect(through).toBe(false);
  await device.remote.resume();
  expect(await work).toBe('through');
});

it('a device is free again after what it ran', async () => {
  const device = await opened();
  expect(await device.run('idle', undefined, newJob())).toBe('done');
  expect(await device.run('idle', undefined, newJob())).toBe('done');
});

it('a device that has opened stays, whatever becomes of what asked for it', async () => {
  const opening = new AbortController();
  const device = await opened(opening.signal);
  opening.abort();
  expect(await device.run('idle', undefined, newJob())).toBe('done');
  expect(device.gone).toBeNull();
});

it('a worker whose engine cannot start is ended, and the engine’s own sentence is heard', async () => {
  let ended = 0;
  const failing = inProcessSpawner(PROGRAMS, async () => {
    throw new Error('No such engine here.');
  });
  const counted: Spawner = (rank) => {
    const spawned = failing(rank);
    return { ...spawned, terminate: () => (ended++, spawned.terminate()) };
  };
  await expect(Device.open(0, 'cpu', counted)).rejects.toThrow('No such engine here.');
  expect(ended).toBe(1);
});
