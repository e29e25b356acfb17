import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

/** How many runs still lose their second device. */
let losses = 0;
vi.mock('./spawn-thread.ts', async () => {
  const { inProcessSpawner } = await import('../devices/in-process.ts');
  const { ENGINES } = await import('../engines/registry.ts');
  const { PROGRAMS } = await import('../strategies/programs.ts');
  return {
    spawnThread: inProcessSpawner(
      PROGRAMS,
      async (id) => ENGINES[id],
      (rank, device) => {
        if (rank !== 1 || losses-- <= 0) return;
        // Once it has been asked for work, which comes after it was opened and given its data.
        const post = device.endpoint.postMessage.bind(device.endpoint);
        device.endpoint.postMessage = (message: unknown, transfer?: Transferable[]) => {
          post(message, transfer);
          if (JSON.stringify(message).includes('"run"')) device.crash('out of memory');
        };
      },
    ),
  };
});
vi.mock('./load-data.ts', async () => {
  const { madeUpDataset } = await import('../data/testing.ts');
  return { loadData: async () => madeUpDataset() };
});

const LINK = 'data=mnist&layers=16,16&cuts=1&batch=20&epochs=2&turn=25&test=0&strategies=sil';
let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'piecewise-lost-'));
});
beforeEach(() => rm(out, { recursive: true, force: true }));
afterAll(() => rm(out, { recursive: true, force: true }));

async function study(said: string[] = [], seeds = 1) {
  const { runLab } = await import('./lab.ts');
  const options = { link: LINK, sweeps: [], seeds, jobs: 1, data: '', engine: 'cpu' as const, out };
  return runLab(
    options,
    new AbortController().signal,
    () => {},
    (line) => said.push(line),
  );
}

describe('a partition that dies in a terminal', () => {
  it('makes the run start again, and end as one undisturbed', async () => {
    losses = 0;
    const undisturbed = await study();
    await rm(out, { recursive: true });
    losses = 1;
    const said: string[] = [];
    const lab = await study(said);
    expect(said).toEqual([expect.stringMatching(/lost device 2: .*out of memory.*starts again/)]);
    expect(lab.results[0].strategies.sil.accuracy).toEqual(undisturbed.results[0].strategies.sil.accuracy);
    expect(lab.results[0].strategies.sil.accuracy.final[0]).toBeGreaterThan(0);
  });

  it('twice makes the study fail, and nothing is kept', async () => {
    losses = 2;
    await expect(study()).rejects.toThrow(/lost device 2: .*out of memory.*not kept/);
    expect(await readdir(out)).toEqual([]);
  });

  it('twice keeps no other run from its end', async () => {
    losses = 2;
    const { failed, results } = await study([], 2);
    expect(failed).toMatch(/^1 of 2 runs failed\. .*lost device 2: .*not kept/);
    expect(results[0].seeds).toHaveLength(1);
    expect(await readdir(out)).toHaveLength(1);
  });
});
