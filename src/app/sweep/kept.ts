/** Runs of sweeps in this browser: found by what their numbers follow from, and shared by its tabs. */
import { promisifyRequest } from 'idb-keyval';
import { databaseOf } from '../../messages/guarded-store.ts';
import { canonical, keyOf } from '../../session/study/identity.ts';
import type { KeptRuns } from '../../session/study/kept.ts';
import { isFinished, type RunResult } from '../../session/study/run-once.ts';
import { sweepText as text } from '../text/sweep.ts';

interface Stored {
  readonly identity: string;
  readonly run: RunResult;
  /** Milliseconds since 1970. */
  readonly saved: number;
}

/** Beyond these the oldest make room. */
export const MOST = 1000;

const database = databaseOf('piecewise-sweeps', 'runs');
const LOCK = 'piecewise-sweep:';

const read = (key: string): Promise<Stored | undefined> =>
  database('readonly', async (table) => (await promisifyRequest(table.get(key))) as Stored | undefined);

async function write(key: string, stored: Stored): Promise<void> {
  await database('readwrite', async (table) => {
    table.put(stored, key);
    const count = await promisifyRequest(table.count());
    if (count > MOST) {
      const [keys, all] = await Promise.all([
        promisifyRequest(table.getAllKeys()),
        promisifyRequest(table.getAll() as IDBRequest<Stored[]>),
      ]);
      const oldest = keys
        .map((one, index) => ({ one, saved: all[index].saved }))
        .sort((a, b) => a.saved - b.saved);
      for (const { one } of oldest.slice(0, count - MOST)) table.delete(one);
    }
    await promisifyRequest(table.transaction);
  });
}

/** @param say Told where the browser does not take a run: it is then safe only as long as the page is open. */
export function browserRuns(say: (line: string) => void): KeptRuns {
  async function keep(key: string, identity: string, run: RunResult): Promise<void> {
    try {
      await write(key, { identity, run, saved: Date.now() });
    } catch (error) {
      say(text.notKept(error instanceof Error ? error.message : String(error)));
    }
  }
  return {
    async find(identity) {
      const stored = await read(keyOf(identity)).catch(() => undefined);
      return stored?.identity === canonical(identity) && isFinished(stored.run) ? stored.run : null;
    },
    async make(identity, run) {
      const key = keyOf(identity);
      const made = async () => {
        const result = await run();
        await keep(key, canonical(identity), result);
        return result;
      };
      if (!navigator.locks) return made();
      return navigator.locks.request(LOCK + key, { ifAvailable: true }, (lock) => (lock ? made() : null));
    },
    settled: (identity, signal) =>
      navigator.locks.request(LOCK + keyOf(identity), { signal }, async () => {}),
  };
}
