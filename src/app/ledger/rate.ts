import { decode } from '../../experiment/link.ts';
import type { SessionState } from '../../session/state.ts';
import { learningRateOf } from '../../session/turns.ts';

/** The learning rate that the run in hand ended with: one that is set beside it is the next run's. */
export function rateOfRun({ run, experiment }: Pick<SessionState, 'run' | 'experiment'>): number {
  if (!run) return experiment.learningRate;
  return learningRateOf(run.learningRateChanges, Infinity, decode(run.fragment).experiment.learningRate);
}
