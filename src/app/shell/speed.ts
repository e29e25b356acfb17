/** How fast this machine is, by a short trial, and how long training will take by that. Nothing here is exact. */

/** Where the trial's result is kept. */
const KEY = 'piecewise-speed';

/** Numbers that are multiplied at a time: they stay in the first cache. */
const LENGTH = 2048;
const TRIAL_MS = 12;

/**
 * Operations of training per second of processor time, against the trial's: the experiment that the page opens on took
 * 32 seconds for 0.83 · 10¹² with the CPU engine where the trial reached 1.3 · 10⁹ a second.
 */
const ENGINE_GAIN = 20;

/** @returns Floating-point operations per second of plain JavaScript. @param now In milliseconds. */
export function tryMachine(now: () => number = () => performance.now()): number {
  const [a, b] = [new Float32Array(LENGTH).fill(0.5), new Float32Array(LENGTH).fill(0.25)];
  const rounds = (ms: number) => {
    const from = now();
    let done = 0;
    let sum = 0;
    while (now() - from < ms) {
      for (let round = 0; round < 50; round++, done++)
        for (let index = 0; index < LENGTH; index++) sum += a[index] * b[index];
    }
    // Looked at, so that no compiler leaves the sum out.
    return sum > 0 ? (2 * LENGTH * done) / ((now() - from) / 1000) : 0;
  };
  rounds(TRIAL_MS / 2);
  return rounds(TRIAL_MS);
}

type Kept = () => Pick<Storage, 'getItem' | 'setItem'>;

/** The same, measured once in a browser; each time where it keeps nothing. @returns Null where the time is too coarse to tell. */
export function machineSpeed(storage: Kept): number | null {
  const kept = orNull(() => Number(storage().getItem(KEY)));
  if (kept !== null && kept > 0) return kept;
  const speed = Math.round(tryMachine());
  if (!Number.isFinite(speed) || speed <= 0) return null;
  orNull(() => storage().setItem(KEY, String(speed)));
  return speed;
}

/** A browser that keeps nothing throws at every touch. */
function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

/** Whole seconds to within a fifth or so of what is known: 8, 40, 90, 300. @param flops Of all training. */
export function secondsFor(flops: number, speed: number): number {
  const seconds = flops / (speed * ENGINE_GAIN);
  const step = seconds < 10 ? 1 : seconds < 100 ? 10 : 60;
  return Math.max(1, Math.round(seconds / step)) * step;
}
