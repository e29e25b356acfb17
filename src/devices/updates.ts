import type { Interval } from './pauses.ts';
import { now } from './spans.ts';

/**
 * A device's optimizer steps, counted, and held up for a moment where its weights are read together with those of other
 * devices: stages that finish a step one after the other then still answer with the weights of one and the same step.
 */
export class Updates {
  private done = 0;
  /** No update begins once this many are done. */
  private most = Infinity;
  private under = false;
  /** Who waits for the count or the limit to change. */
  private readonly waiting = new Set<() => void>();

  /**
   * Does an update as soon as it may begin. Rejects when `signal` aborts first.
   *
   * @param onHeld Told of the time in which it might not: whoever reads weights took it, not training.
   */
  async during<T>(work: () => Promise<T>, signal: AbortSignal, onHeld: (held: Interval) => void): Promise<T> {
    if (this.done >= this.most) {
      const start = now();
      while (this.done >= this.most) {
        signal.throwIfAborted();
        await this.change(signal);
      }
      onHeld({ start, end: now() });
    }
    this.under = true;
    try {
      const result = await work();
      this.done++;
      return result;
    } finally {
      this.under = false;
      this.tell();
    }
  }

  /** Lets no further update begin. @returns How many are done, once the one under way is. */
  async hold(): Promise<number> {
    this.most = this.done + (this.under ? 1 : 0);
    while (this.under) await this.change();
    return this.done;
  }

  /** Lets updates go on until `count` are done, and waits for that. Rejects where they are let go before. */
  async reach(count: number): Promise<void> {
    this.most = count;
    this.tell();
    while (this.done < count) {
      await this.change();
      if (this.most !== count) throw new DOMException('The run was stopped.', 'AbortError');
    }
  }

  /** Lets updates go on. */
  free(): void {
    this.most = Infinity;
    this.tell();
  }

  private tell(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  private change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
