/**
 * How a page hears that a worker has ended without an error event: closed by itself, or by a browser short of memory.
 *
 * A worker holds a Web Lock as long as it lives, however busy it is, and the page waits for that lock: it gets it the
 * moment the worker is gone. Nothing is polled, so that long kernels and tabs in the background raise no false alarm.
 * Where there are no locks (a page without HTTPS, a sandboxed frame) the page asks now and then, and is patient: only
 * what stays silent for many questions is given up. Questions are counted, not time, which passes while a machine sleeps.
 */
import type { Endpoint } from './rpc.ts';
import { messagesText } from './words.ts';

/** The part of a browser's locks that is used. */
export type Locks = Pick<LockManager, 'request'>;

/** From the page: the lock to hold, or a question's number. From the worker: how it goes on, or that number. */
interface Sign {
  readonly lifeline: string | number;
}

const HELD = 'held';
const NO_LOCK = 'no lock';

/** Time between two looks. Tabs in the background have fewer. */
const LOOK_MS = 5000;
/** Looks until a worker must have started: its script comes over the network. */
const LOOKS_TO_START = 5;
/** Unanswered questions until a worker counts as gone: the longest kernel of the slowest engine, many times over. */
const LOOKS_TO_ANSWER = 24;

const ownLocks = (): Locks | undefined => (typeof navigator === 'undefined' ? undefined : navigator.locks);

/** The worker's side: call it first. */
export function holdLifeline(endpoint: Endpoint, locks = ownLocks()): void {
  const answer = (lifeline: string | number) => endpoint.postMessage({ lifeline } satisfies Sign);
  endpoint.addEventListener('message', ({ data }: MessageEvent<Sign | undefined>) => {
    const asked = data?.lifeline;
    if (typeof asked === 'number') return answer(asked);
    if (typeof asked !== 'string') return;
    if (!locks) return answer(NO_LOCK);
    // Never resolves: the lock is held to the end.
    const hold = () => new Promise<never>(() => answer(HELD));
    locks.request(asked, hold).catch(() => answer(NO_LOCK));
  });
}

let workers = 0;

/**
 * The page's side.
 * @param onEnd Told once, why, when the worker has ended; never after the returned function was called.
 * @returns Stops watching: the worker is being ended on purpose.
 */
export function watchLifeline(
  endpoint: Endpoint,
  onEnd: (why: string) => void,
  locks = ownLocks(),
): () => void {
  const name = `piecewise worker ${Date.now()} ${Math.random()} ${workers++}`;
  const watching = new AbortController();
  const { signal } = watching;
  const send = (lifeline: string | number) => endpoint.postMessage({ lifeline } satisfies Sign);
  const end = (why: string) => {
    if (signal.aborted) return;
    watching.abort();
    onEnd(why);
  };
  /** Calls `look` every now and then; returns how to stop that. */
  const every = (look: () => void) => {
    const timer = setInterval(look, LOOK_MS);
    const stop = () => clearInterval(timer);
    signal.addEventListener('abort', stop);
    return stop;
  };

  let looks = 0;
  const started = every(() => {
    if (++looks >= LOOKS_TO_START) end(messagesText.notStarted((LOOKS_TO_START * LOOK_MS) / 1000));
  });

  let asked = 0;
  let answered = 0;
  const ask = () =>
    every(() => {
      if (asked - answered >= LOOKS_TO_ANSWER) end(messagesText.silent((LOOKS_TO_ANSWER * LOOK_MS) / 1000));
      else send(++asked);
    });

  endpoint.addEventListener('message', ({ data }: MessageEvent<Sign | undefined>) => {
    const sign = data?.lifeline;
    if (sign === undefined || signal.aborted) return;
    started();
    if (typeof sign === 'number') answered = sign;
    else if (sign === HELD && locks) {
      locks.request(name, { signal }, () => end(messagesText.ended)).catch(() => !signal.aborted && ask());
    } else ask();
  });
  send(name);
  return () => watching.abort();
}
