/**
 * Threads that share kernels' work. One calls (`fork`), which puts up a job and works at it; the others help (`help`).
 *
 * Every thread has a queue of pieces of its own, so that from step to step it works at the same rows, and takes pieces of
 * the others' queues when its own is empty. The caller waits only for pieces that someone has taken: a helper that the
 * system does not let run delays nobody.
 */
import { DONE, JOB, KERNEL, PIECES, QUEUES, SUM, THREADS, TOGETHER } from './control';
import { itemsOf, share, togetherOf } from './shares';
import { awaitChange, wake } from './signals';

/** In place of a job's number: go home. */
const NO_MORE: i32 = -1;
/** In place of a count of pieces: a helper stopped in the middle of one. */
const FAILED: i32 = i32.MIN_VALUE;
/** Into how many pieces a thread's part is divided. More even out better, fewer cost less. */
const PORTIONS: i32 = 8;

function queueOf(thread: i32): usize {
  return QUEUES + ((<usize>thread) << 6);
}

/** The first piece of a thread's queue; of the one after the last thread, the number of pieces. */
function startOf(thread: i32, threads: i32, pieces: i32): i32 {
  return (thread * pieces) / threads;
}

/** Takes a piece off a queue. @returns How many were left with it; 0 where there was none. */
function take(queue: usize): i32 {
  let left = atomic.load<i32>(queue);
  while (left > 0) {
    const found = atomic.cmpxchg<i32>(queue, left, left - 1);
    if (found == left) break;
    left = found;
  }
  return left;
}

/** Works at a job until no piece of it is left. @returns How many were done. */
function work(thread: i32): i32 {
  let done = 0;
  let sum = 0;
  const threads = load<i32>(THREADS);
  for (let next = 0; next < threads; next++) {
    const owner = (thread + next) % threads;
    for (;;) {
      const left = take(queueOf(owner));
      if (left == 0) break;
      // What the job is may be read only now: it stays until the piece that was taken is done.
      const together = load<i32>(TOGETHER);
      const kernel = load<i32>(KERNEL);
      const first = (startOf(owner + 1, threads, load<i32>(PIECES)) - left) * together;
      sum += share(kernel, first, min(first + together, itemsOf(kernel)), thread);
      done++;
    }
  }
  if (sum != 0) atomic.add<i32>(SUM, sum);
  return done;
}

/**
 * Runs a kernel on all threads, with the arguments at `ARGUMENTS`. Called by one thread, number 0.
 * @param threads The same in all calls.
 * @returns The sum of what the shares returned.
 */
export function fork(kernel: i32, threads: i32): i32 {
  const items = itemsOf(kernel);
  const least = togetherOf(kernel);
  if (threads == 1 || items <= least) return share(kernel, 0, items, 0);
  const portion = least * PORTIONS * threads;
  const together = least * ((items + portion - 1) / portion);
  const pieces = (items + together - 1) / together;
  store<i32>(KERNEL, kernel);
  store<i32>(TOGETHER, together);
  store<i32>(PIECES, pieces);
  store<i32>(THREADS, threads);
  store<i32>(SUM, 0);
  atomic.store<i32>(DONE, 0);
  for (let t = 0; t < threads; t++) {
    atomic.store<i32>(queueOf(t), startOf(t + 1, threads, pieces) - startOf(t, threads, pieces));
  }
  const last = load<i32>(JOB);
  atomic.store<i32>(JOB, last == i32.MAX_VALUE ? 1 : last + 1);
  wake(JOB);
  const others = pieces - work(0);
  for (let done = atomic.load<i32>(DONE); done != others; done = awaitChange(DONE, done)) {
    if (done < 0) unreachable();
  }
  return atomic.load<i32>(SUM);
}

/** Helps with every job, as thread `thread` (from 1), until `dismiss`. */
export function help(thread: i32): void {
  for (let job = 0; ;) {
    job = awaitChange(JOB, job);
    if (job == NO_MORE) return;
    const done = work(thread);
    if (done == 0) continue;
    atomic.add<i32>(DONE, done);
    wake(DONE);
  }
}

/** Lets the helpers go home; there will be no further job. */
export function dismiss(): void {
  atomic.store<i32>(JOB, NO_MORE);
  wake(JOB);
}

/** Says that a helper stopped in the middle of its work, so that the caller does not wait for it. */
export function fail(): void {
  atomic.store<i32>(DONE, FAILED);
  wake(DONE);
}
