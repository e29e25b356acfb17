/** Which data a session begins with where its link names none. */
import { afterEach, expect, it } from 'vitest';
import { fixedClient } from '../data/fixed-client.ts';
import type { DatasetAvailability } from '../data/loader.ts';
import { madeUpDataset } from '../data/testing.ts';
import { AT_HAND, PREFERRED, type DatasetId } from '../experiment/datasets.ts';
import { createSession, type Session, type SessionOptions } from './session.ts';

let session: Session | undefined;
afterEach(() => session?.close());

const noDevices: Pick<SessionOptions, 'spawn' | 'chooseEngine' | 'cores'> = {
  spawn: () => {
    throw new Error('Nothing trains here.');
  },
  chooseEngine: async () => ({ id: 'cpu', why: '' }),
  cores: 1,
};

/** What is asked for, and what the settings say then. */
async function begun(
  link: string,
  where: DatasetAvailability['where'],
): Promise<{ asked: DatasetId[]; data: DatasetId }> {
  const asked: DatasetId[] = [];
  const small = madeUpDataset({ train: 20, test: 10, side: 28 });
  session = createSession({
    link,
    data: {
      ...fixedClient(async () => small),
      availability: async () => [
        { id: PREFERRED, bytes: 1, where, cachedBytes: null, sample: false, verified: null },
      ],
      load: async (id) => {
        asked.push(id);
        return { ...small, id };
      },
    },
    ...noDevices,
  });
  await session.ready;
  return { asked, data: session.store.getState().experiment.data };
}

it.each(['beside-app', 'cache'] as const)('the preferred ones where they are here: %s', async (where) => {
  expect(await begun('', where)).toEqual({ asked: [PREFERRED], data: PREFERRED });
});

it.each(['mirror', 'nowhere'] as const)(
  'those at hand where the preferred ones are not: %s',
  async (where) => {
    expect(await begun('', where)).toEqual({ asked: [AT_HAND], data: AT_HAND });
  },
);

it('the link’s own where it names some', async () => {
  const named = await begun('data=emnist-letters', 'beside-app');
  expect(named).toEqual({ asked: ['emnist-letters'], data: 'emnist-letters' });
});

it('a load that is under way ends with the session', async () => {
  const signal = await new Promise<AbortSignal>((begun) => {
    session = createSession({
      link: 'data=mnist',
      data: {
        ...fixedClient(async () => madeUpDataset()),
        load(_, watch) {
          begun(watch.signal!);
          return new Promise(() => {});
        },
      },
      ...noDevices,
    });
  });
  expect(signal.aborted).toBe(false);
  await session!.close();
  expect(signal.aborted).toBe(true);
});
