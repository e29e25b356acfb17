import { turn } from '../messages/pause.ts';

/** Milliseconds of work before the page's thread may do something else. */
const SLICE_MS = 12;

/** Does work that comes in pieces, and lets others have their turn in between. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  let began = performance.now();
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    if (performance.now() - began < SLICE_MS) continue;
    await turn();
    began = performance.now();
  }
}
