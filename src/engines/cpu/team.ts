/** Threads that help one to run its kernels. */
import { startHelper, type HelperTask } from './helpers.ts';
import type { SharingExports } from './shared-kernels.ts';

export interface Helpers {
  /**
   * Starts them, once. Nobody has to wait: work is shared among those who are there, and with nobody else it is done alone.
   * @returns How many are ready in the end.
   */
  recruit(): Promise<number>;
  /** Ends them. */
  dismiss(): void;
}

/** Nobody. */
export const ALONE: Helpers = { recruit: async () => 0, dismiss: () => {} };

export class Team implements Helpers {
  private readonly exports: SharingExports;
  private readonly task: Omit<HelperTask, 'thread'>;
  private readonly threads: number;
  private recruited: Promise<number> | null = null;
  private readonly ends: (() => void)[] = [];

  /** @param threads The one that calls among them. */
  constructor(exports: SharingExports, task: Omit<HelperTask, 'thread'>, threads: number) {
    this.exports = exports;
    this.task = task;
    this.threads = threads;
  }

  recruit(): Promise<number> {
    return (this.recruited ??= this.start());
  }

  dismiss(): void {
    this.exports.dismiss();
    this.ends.splice(0).forEach((end) => end());
  }

  private async start(): Promise<number> {
    const helpers = Array.from({ length: this.threads - 1 }, (_, index) =>
      startHelper({ ...this.task, thread: index + 1 }),
    );
    this.ends.push(...helpers.map(({ end }) => end));
    const answers = await Promise.all(helpers.map(({ ready }) => ready));
    return answers.filter((ready) => ready).length;
  }
}
