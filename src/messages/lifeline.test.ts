import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdLifeline, watchLifeline, type Locks } from './lifeline.ts';
import type { Endpoint } from './rpc.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two endpoints in one thread; a busy worker hears what was said when it is free again. */
function pair() {
  const listeners: Record<'page' | 'worker', ((event: MessageEvent) => void)[]> = { page: [], worker: [] };
  const state = { ended: false, busy: false, asked: 0 };
  let waiting: unknown[] = [];
  const tell = (side: 'page' | 'worker', data: unknown) =>
    listeners[side].forEach((listener) => listener({ data } as MessageEvent));
  const page: Endpoint = {
    postMessage(message) {
      state.asked++;
      if (state.ended) return;
      if (state.busy) waiting.push(message);
      else tell('worker', message);
    },
    addEventListener: (_, listener) => listeners.page.push(listener),
  };
  const worker: Endpoint = {
    postMessage: (message) => tell('page', message),
    addEventListener: (_, listener) => listeners.worker.push(listener),
  };
  const free = () => {
    state.busy = false;
    waiting.splice(0).forEach((message) => tell('worker', message));
    waiting = [];
  };
  return { page, worker, state, free };
}

/** Locks that one holder has at a time. */
function madeUpLocks() {
  const holders = new Map<string, () => void>();
  const waiting = new Map<string, () => void>();
  const held = {
    request(name: string, ...rest: unknown[]) {
      const taken = rest.at(-1) as () => unknown;
      if (holders.has(name)) waiting.set(name, taken);
      else {
        holders.set(name, () => waiting.get(name)?.());
        taken();
      }
      return new Promise(() => {});
    },
  } as Locks;
  /** What a browser does when a worker is gone. */
  const free = () => holders.forEach((next) => next());
  return { locks: held, free };
}

const HOURS = 3 * 3600e3;

describe('a worker with a lock', () => {
  it('is known to have ended the moment its lock is free, and is never asked', () => {
    const { page, worker, state } = pair();
    const { locks, free } = madeUpLocks();
    const onEnd = vi.fn();
    holdLifeline(worker, locks);
    watchLifeline(page, onEnd, locks);
    vi.advanceTimersByTime(HOURS);
    expect(onEnd).not.toHaveBeenCalled();
    expect(state.asked).toBe(1);
    free();
    expect(onEnd.mock.calls).toEqual([
      ['it ended without saying why; the browser may have run out of memory'],
    ]);
  });
});

describe('a worker without locks', () => {
  it('may be busy for a minute, and for hours if it answers in between', () => {
    const { page, worker, state, free } = pair();
    const onEnd = vi.fn();
    holdLifeline(worker, undefined);
    watchLifeline(page, onEnd, undefined);
    for (let minute = 0; minute < 200; minute++) {
      state.busy = true;
      vi.advanceTimersByTime(60e3);
      free();
    }
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('that answers no more has ended', () => {
    const { page, worker, state } = pair();
    const onEnd = vi.fn();
    holdLifeline(worker, undefined);
    watchLifeline(page, onEnd, undefined);
    vi.advanceTimersByTime(60e3);
    state.ended = true;
    vi.advanceTimersByTime(130e3);
    expect(onEnd.mock.calls).toEqual([['it has not answered for 120 s']]);
    vi.advanceTimersByTime(HOURS);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});

it('a worker that never starts has ended', () => {
  const { page } = pair();
  const onEnd = vi.fn();
  watchLifeline(page, onEnd, madeUpLocks().locks);
  vi.advanceTimersByTime(25e3);
  expect(onEnd.mock.calls).toEqual([['it did not start within 25 s']]);
});

it('a worker that is ended on purpose is no news', () => {
  const { page, worker } = pair();
  const { locks, free } = madeUpLocks();
  const onEnd = vi.fn();
  holdLifeline(worker, locks);
  watchLifeline(page, onEnd, locks)();
  free();
  vi.advanceTimersByTime(HOURS);
  expect(onEnd).not.toHaveBeenCalled();
});
