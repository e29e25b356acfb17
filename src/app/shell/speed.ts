/** How fast this machine is, by short trials, and how long training will take by that. Nothing here is exact. */

/** Where the trials' results are kept: the newest first. */
const KEY = 'piecewise-speed';

/** Numbers that are multiplied at a time: they stay in the first cache. */
const LENGTH = 2048;
const TRIAL_MS = 8;
/** Trials of a visit, apart from each other: a moment in which the machine is busy with something else spoils one or two. */
const TRIALS = 5;
/** Those of so many visits count, so that a visit on a busy machine is outvoted by the others, and a faster machine is noticed. */
const VISITS = 3;
export const APART_MS = 250;
/** Looks at the clock in one trial at most, about a tenth of a millisecond apart: a clock may stand still. */
const LOOKS = 3000;

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
    for (let look = 0; look < LOOKS && now() - from < ms; look++) {
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

interface Trial {
  /** Floating-point operations per second. */
  readonly trial: () => number;
  /** Until the page has had time for other things. @param ms Milliseconds. */
  readonly rest: (ms: number) => Promise<void>;
}

const REAL: Trial = {
  trial: tryMachine,
  rest: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/**
 * The middle one of several trials, those of the last visits included where the browser keeps them.
 * @returns Floating-point operations per second; null where the time is too coarse to tell.
 */
export async function machineSpeed(storage: Kept, { trial, rest }: Trial = REAL): Promise<number | null> {
  const made: number[] = [];
  for (let index = 0; index < TRIALS; index++) {
    await rest(APART_MS);
    const speed = Math.round(trial());
    made.push(speed);
    // A clock that stands still is not asked again.
    if (!usable(speed)) break;
  }
  const trials = [...made, ...kept(storage)].filter(usable).slice(0, TRIALS * VISITS);
  if (trials.length === 0) return null;
  orNull(() => storage().setItem(KEY, JSON.stringify(trials)));
  return trials.toSorted((a, b) => a - b)[Math.floor(trials.length / 2)];
}

const usable = (speed: unknown): speed is number =>
  typeof speed === 'number' && speed > 0 && speed < Infinity;

/** What stands there may be of an earlier version, or anybody's. */
function kept(storage: Kept): unknown[] {
  const found = orNull<unknown>(() => JSON.parse(storage().getItem(KEY) ?? '[]'));
  return Array.isArray(found) ? found : [];
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
