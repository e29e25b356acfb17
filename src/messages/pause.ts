/** Lets the thread answer messages in the middle of long arithmetic. */

/** Milliseconds of arithmetic between two pauses: a person's patience for a reply, thousands of times a pause's cost. */
const SLICE_MS = 50;

/**
 * Waits for one turn of the event loop, so that messages that have arrived are handled.
 * Not `setTimeout`: browsers stretch that to 4 ms, and to a second in a hidden tab.
 */
export function turn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Calls `turn` when the slice is used up. Nothing that is computed may depend on when. */
export class Pacer {
  private began = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.began < SLICE_MS) return;
    await turn();
    this.began = performance.now();
  }
}
