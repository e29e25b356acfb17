/** A switch that holds work up and lets it go on: where a study rests, and goes on in the same step. */
export class Pausing {
  private held = false;
  private readonly listeners = new Set<(paused: boolean) => void>();

  get paused(): boolean {
    return this.held;
  }

  set paused(paused: boolean) {
    if (paused === this.held) return;
    this.held = paused;
    for (const listener of [...this.listeners]) listener(paused);
  }

  /** @param signal Takes the listener away. */
  onChange(listener: (paused: boolean) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.listeners.add(listener);
    signal.addEventListener('abort', () => this.listeners.delete(listener), { once: true });
  }

  /**
   * Resolves when nothing holds it up: at once, or when it goes on.
   * @throws the signal's reason where it is aborted before.
   */
  async over(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.held) return;
    const done = new AbortController();
    try {
      await new Promise<void>((resolve, reject) => {
        this.onChange((paused) => !paused && resolve(), done.signal);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: done.signal });
      });
    } finally {
      done.abort();
    }
  }
}
