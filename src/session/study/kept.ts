/** Where finished runs are kept, so that a study goes on where it stopped: on a disk, or in a browser. */
import type { RunIdentity } from './identity.ts';
import type { RunResult } from './run-once.ts';

export interface KeptRuns {
  find(identity: RunIdentity): Promise<RunResult | null>;
  /**
   * Runs and keeps, unless somebody else is at it.
   * @returns null where one is: `settled` waits for it.
   */
  make(identity: RunIdentity, run: () => Promise<RunResult>): Promise<RunResult | null>;
  /** Resolves when nobody else is at this run any more, whatever they left. */
  settled(identity: RunIdentity, signal: AbortSignal): Promise<void>;
}

export const NOTHING_KEPT: KeptRuns = {
  find: async () => null,
  make: (_, run) => run(),
  settled: async () => {},
};
