/** Which lab works at a run: so that two on one folder share the work. A claim is a file that its holder keeps fresh. */
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a holder says that it is there. */
const FRESHENED_MS = 5_000;
/** A claim that was not freshened for so long, by the clock of who watches it, is nobody's. */
const STALE_MS = 60_000;
const LOOK_MS = 250;

export interface Claim {
  release(): Promise<void>;
}

/** Takes the claim unless another has it. @returns null where another has. */
export async function claim(path: string): Promise<Claim | null> {
  const owner = JSON.stringify({ pid: process.pid, host: hostname() });
  try {
    await writeFile(path, owner, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
    throw error;
  }
  const timer = setInterval(() => {
    const now = new Date();
    // Where the folder is gone there is nothing to hold, and keeping the run will say so.
    utimes(path, now, now).catch(() => {});
  }, FRESHENED_MS);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await rm(path, { force: true }).catch(() => {});
    },
  };
}

/**
 * Waits until a claim is given back; takes away one whose holder is gone. At worst, where a holder only slept, a run is
 * made twice.
 */
export async function released(path: string, signal: AbortSignal): Promise<void> {
  let seen = NaN;
  let since = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const found = await stat(path).catch(() => null);
    if (!found) return;
    if (found.mtimeMs !== seen) [seen, since] = [found.mtimeMs, performance.now()];
    if ((await holderIsGone(path)) || performance.now() - since > STALE_MS) {
      await rm(path, { force: true });
      return;
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** True only where the holder is known to have run on this machine and to be no more. */
async function holderIsGone(path: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(await readFile(path, 'utf8')) as { pid: number; host: string };
    if (host !== hostname() || !Number.isInteger(pid) || pid < 1) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
